using System.Buffers;

namespace FaceEdge.Imaging;

/// <summary>The interface of an imaging library. Implementations are safe to call from many threads at once.</summary>
internal interface IImagingBackend
{
    /// <summary>"opencv" or "portable": what <c>Imaging:Backend</c> names and /api/v1/info answers.</summary>
    string Name { get; }

    /// <summary>Decodes a whole JPEG, PNG or WebP picture, upright by its EXIF orientation.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="limits">What is refused before any pixel is decoded.</param>
    /// <param name="pool">Lends the frame; the caller gives it back.</param>
    /// <param name="pixels">What it is decoded to.</param>
    /// <exception cref="InvalidImageException">Not a picture, truncated, or over a limit.</exception>
    Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool, DecodedPixels pixels = DecodedPixels.Bgr);

    /// <summary>Appends a baseline JPEG, 4:2:0, of the frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="output">Receives the bytes.</param>
    void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output);
}
