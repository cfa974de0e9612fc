using System.Runtime.InteropServices;

namespace FaceEdge.Imaging.Portable;

/// <summary>One compressor or decompressor; used by one thread at a time.</summary>
internal sealed class TurboJpegHandle : SafeHandle
{
    private TurboJpegHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public nint Address => handle;

    public static TurboJpegHandle Compressor() => new(TurboJpegLibrary.InitCompress());

    public static TurboJpegHandle Decompressor() => new(TurboJpegLibrary.InitDecompress());

    protected override bool ReleaseHandle() => TurboJpegLibrary.Destroy(handle) == 0;
}
