using System.Buffers;
using FaceEdge.Imaging.Portable;
using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;

namespace FaceEdge.Imaging.OpenCv;

/// <summary>JPEG through OpenCV's codec. Pictures from strangers go to the portable codecs where these are as fast.</summary>
/// <remarks>
/// For each damaged part of a picture OpenCV's codecs write a line to standard error, past the log, which a stranger could fill with it;
/// the portable ones write nothing. Only JPEG without libturbojpeg is worth that.
/// </remarks>
internal sealed class OpenCvBackend : IImagingBackend
{
    private readonly PortableBackend _portable;

    /// <param name="portable">Decodes what this backend does not.</param>
    public OpenCvBackend(PortableBackend portable) => _portable = portable;

    public string Name => "opencv";

    public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool, DecodedPixels pixels = DecodedPixels.Bgr)
    {
        var header = PictureHeader.Read(encoded, limits);
        var stored = header.Format == PictureFormat.Jpeg && !_portable.HasTurboJpeg
            ? DecodeJpeg(encoded, header, pool)
            : _portable.DecodeStored(encoded, header, pixels, pool);
        var frame = FrameRotation.ToUpright(stored, header.Orientation, pool);
        frame.LacksEndMarker = header.LacksEndMarker;
        return frame;
    }

    public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (_portable.HasTurboJpeg)
        {
            // OpenCV uses the same library, but allocates objects for each frame and would convert planes to BGR and back.
            _portable.EncodeJpeg(frame, quality, output);
        }
        else if (frame.Layout.IsPlanar)
        {
            EncodeAsBgr(frame, quality, output);
        }
        else
        {
            using var matrix = Wrap(frame);
            Encode(matrix, quality, output);
        }
    }

    /// <summary>A matrix over the memory of a BGR frame; the caller keeps the frame while it uses the matrix.</summary>
    internal static Mat Wrap(Frame frame) => Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Address, frame.Stride);

    /// <summary>A matrix' pixels in a frame, brought to its size.</summary>
    internal static Frame Copy(Mat matrix, int width, int height, FramePool pool)
    {
        var frame = pool.Rent(width, height);
        try
        {
            using var target = Wrap(frame);
            Cv2.Resize(matrix, target, target.Size());
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    private static unsafe void EncodeAsBgr(Frame frame, int quality, IBufferWriter<byte> output)
    {
        using var scratch = new Scratch(new FrameLayout(PixelFormat.Bgr24, frame.Width, frame.Height).ByteCount);
        Yuv420.ToBgr(frame.View, scratch.Bytes);
        fixed (byte* pixels = scratch.Bytes)
        {
            using var matrix = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, (nint)pixels);
            Encode(matrix, quality, output);
        }
    }

    private static void Encode(Mat matrix, int quality, IBufferWriter<byte> output)
    {
        // Cv2.ImEncode answers with a new array per frame, which at video rates fills the large object heap.
        using var input = InputArray.Create(matrix);
        using var encoded = new VectorOfByte();
        int[] parameters = [(int)ImwriteFlags.JpegQuality, quality];
        NativeMethods.HandleException(NativeMethods.imgcodecs_imencode_vector(
            ".jpg", input.CvPtr, encoded.CvPtr, parameters, parameters.Length, out var done));
        if (done == 0)
        {
            throw new InvalidOperationException($"OpenCV did not encode a {matrix.Width}x{matrix.Height} frame as JPEG.");
        }

        CopyTo(encoded, output);
    }

    private Frame DecodeJpeg(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        if (!header.LacksEndMarker)
        {
            return DecodeStored(encoded, header, pool);
        }

        // Only the portable codec tells whether the data are all there; the pixels are OpenCV's, as those of any other JPEG here.
        _portable.DecodeStored(encoded, header, DecodedPixels.Bgr, pool).Dispose();
        using var whole = JpegStructure.WithEndMarker(encoded, []);
        return DecodeStored(whole.Bytes, header, pool);
    }

    private static Frame DecodeStored(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        using var matrix = Read(encoded, header);
        if (matrix.Width != header.Width || matrix.Height != header.Height || matrix.Type() != MatType.CV_8UC3)
        {
            throw PictureHeader.Truncated(header.Width, header.Height);
        }

        return Copy(matrix, header.Width, header.Height, pool);
    }

    private static Mat Read(ReadOnlySpan<byte> encoded, in PictureHeader header)
    {
        try
        {
            return Cv2.ImDecode(encoded, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        }
        catch (OpenCVException exception)
        {
            throw new InvalidImageException(PictureHeader.Truncated(header.Width, header.Height).Message, exception);
        }
    }

    private static unsafe void CopyTo(VectorOfByte encoded, IBufferWriter<byte> output)
    {
        var bytes = new ReadOnlySpan<byte>((void*)encoded.ElemPtr, encoded.Size);
        output.Write(bytes);
    }
}
