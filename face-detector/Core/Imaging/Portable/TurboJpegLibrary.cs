using System.Runtime.InteropServices;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// The part of libjpeg-turbo's TurboJPEG API (turbojpeg.h, version 2; version 3 keeps it) that the service uses.
/// Debian and Ubuntu package it for every architecture as libturbojpeg0 or libturbojpeg.
/// </summary>
internal static unsafe partial class TurboJpegLibrary
{
    /// <summary>TJPF_BGR.</summary>
    public const int PixelFormatBgr = 1;

    /// <summary>TJSAMP_420.</summary>
    public const int Subsampling420 = 2;

    /// <summary>TJCS_YCbCr.</summary>
    public const int ColourSpaceYCbCr = 1;

    /// <summary>TJFLAG_NOREALLOC: the output buffer is ours and large enough.</summary>
    public const int FlagNoReallocation = 1024;

    /// <summary>TJERR_WARNING: the picture was decoded, though something in it is odd.</summary>
    public const int ErrorIsWarning = 0;

    private const string Library = "libturbojpeg.so.0";

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int GetErrorCode(nint handle);

    /// <summary>The first warning or the error of the last call on the handle.</summary>
    public static string ErrorText(nint handle) => Marshal.PtrToStringUTF8(GetErrorText(handle)) ?? "";

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint GetErrorText(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    public static partial int ReadHeader(nint handle, byte* jpeg, nuint jpegSize, out int width, out int height, out int subsampling, out int colourSpace);

    [LibraryImport(Library, EntryPoint = "tjBufSize")]
    public static partial nuint BufferSize(int width, int height, int subsampling);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        nint handle, byte* source, int width, int pitch, int height, int pixelFormat, byte** jpeg, nuint* jpegSize, int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompressFromYUVPlanes")]
    public static partial int CompressPlanes(
        nint handle, byte** planes, int width, int* strides, int height, int subsampling, byte** jpeg, nuint* jpegSize, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjDecompressToYUVPlanes")]
    public static partial int DecompressPlanes(nint handle, byte* jpeg, nuint jpegSize, byte** planes, int width, int* strides, int height, int flags);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        nint handle, byte* jpeg, nuint jpegSize, byte* target, int width, int pitch, int height, int pixelFormat, int flags);
}
