using System.Buffers;
using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;

namespace FaceEdge.Imaging.OpenCv;

/// <summary>Pictures through OpenCV's codecs.</summary>
internal sealed class OpenCvBackend : IImagingBackend
{
    public string Name => "opencv";

    public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool)
    {
        var header = PictureHeader.Read(encoded, limits);
        using var picture = DecodeStored(encoded, header);
        var frame = pool.Rent(header.Width, header.Height);
        using (var target = Wrap(frame))
        {
            picture.CopyTo(target);
        }

        return Upright.Turn(frame, header.Orientation, pool);
    }

    public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);

        // Cv2.ImEncode answers with a new array per picture, which at video rates fills the large object heap.
        using var picture = Wrap(frame);
        using var input = InputArray.Create(picture);
        using var encoded = new VectorOfByte();
        int[] parameters = [(int)ImwriteFlags.JpegQuality, quality];
        NativeMethods.HandleException(NativeMethods.imgcodecs_imencode_vector(
            ".jpg", input.CvPtr, encoded.CvPtr, parameters, parameters.Length, out var done));
        if (done == 0)
        {
            throw new InvalidOperationException($"OpenCV did not encode a {frame.Width}x{frame.Height} picture as JPEG.");
        }

        CopyTo(encoded, output);
    }

    /// <summary>A matrix over the frame's own memory; the caller keeps the frame while it uses the matrix.</summary>
    internal static Mat Wrap(Frame frame) => Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC3, frame.Address, frame.Stride);

    private static Mat DecodeStored(ReadOnlySpan<byte> encoded, in PictureHeader header)
    {
        Mat picture;
        try
        {
            picture = Cv2.ImDecode(encoded, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        }
        catch (OpenCVException exception)
        {
            throw new InvalidImageException(PictureHeader.Truncated(header.Width, header.Height).Message, exception);
        }

        if (picture.Width == header.Width && picture.Height == header.Height && picture.Type() == MatType.CV_8UC3)
        {
            return picture;
        }

        picture.Dispose();
        throw PictureHeader.Truncated(header.Width, header.Height);
    }

    private static unsafe void CopyTo(VectorOfByte encoded, IBufferWriter<byte> output)
    {
        var bytes = new ReadOnlySpan<byte>((void*)encoded.ElemPtr, encoded.Size);
        output.Write(bytes);
    }
}
