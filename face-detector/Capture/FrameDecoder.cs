using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>Decodes encoded frames into a sink; a broken one now and then is left out, a row of them is a fault.</summary>
internal sealed class FrameDecoder
{
    /// <summary>Frames get damaged on bad links, but not so many in a row.</summary>
    private const int MaxBroken = 10;

    private readonly IImagingBackend _imaging;
    private readonly IFrameSink _sink;
    private int _broken;

    public FrameDecoder(IImagingBackend imaging, IFrameSink sink)
    {
        _imaging = imaging;
        _sink = sink;
    }

    /// <summary>Publishes the frame if the sink wants it.</summary>
    /// <exception cref="CaptureException">None of the last ten could be read.</exception>
    public void Take(ReadOnlySpan<byte> encoded)
    {
        // Asked before decoding; a camera that sends nothing but garbage is given up here rather than as silent.
        if (!_sink.WantsFrame())
        {
            return;
        }

        try
        {
            _sink.Publish(_imaging.Decode(encoded, ImageLimits.Default, _sink.Pool, DecodedPixels.AsCoded));
            _broken = 0;
        }
        catch (InvalidImageException exception)
        {
            if (++_broken >= MaxBroken)
            {
                throw new CaptureException($"the camera sends what no frame can be made of: {exception.Message}", exception);
            }
        }
    }
}
