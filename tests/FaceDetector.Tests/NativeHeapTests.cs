using System.Runtime.InteropServices;

namespace FaceEdge.Tests;

public sealed class NativeHeapTests
{
    [Fact]
    public void Glibc_takes_the_bounds()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libc.so.6", out _), "the C library is not glibc");

        Assert.True(NativeHeap.Bound());
    }
}
