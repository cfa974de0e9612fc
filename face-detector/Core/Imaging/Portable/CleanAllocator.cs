using System.Buffers;
using SixLabors.ImageSharp.Memory;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// Clears whatever it hands out. ImageSharp's JPEG decoder trusts that it writes every block, which damaged data make it leave out: what another picture
/// had left in the memory then showed in this one.
/// </summary>
internal sealed class CleanAllocator : MemoryAllocator
{
    private readonly MemoryAllocator _inner;

    /// <param name="inner">Allocates, keeps, and sets the limit.</param>
    public CleanAllocator(MemoryAllocator inner) => _inner = inner;

    public override IMemoryOwner<T> Allocate<T>(int length, AllocationOptions options = AllocationOptions.None) =>
        _inner.Allocate<T>(length, AllocationOptions.Clean);

    public override void ReleaseRetainedResources() => _inner.ReleaseRetainedResources();

    /// <summary>A picture in one piece.</summary>
    protected override int GetBufferCapacityInBytes() => int.MaxValue;
}
