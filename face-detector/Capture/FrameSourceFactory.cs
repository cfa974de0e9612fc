using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>Finds the source that a camera's URL asks for.</summary>
internal sealed class FrameSourceFactory
{
    private readonly IImagingBackend _imaging;

    public FrameSourceFactory(IImagingBackend imaging) => _imaging = imaging;

    /// <summary>A source for one camera; connects when it is run, not before.</summary>
    /// <param name="options">Validated.</param>
    public IFrameSource Create(CameraOptions options)
    {
        var url = CameraUrl.Parse(options.Url);
        return url.Kind switch
        {
            CameraKind.Browser => new BrowserSource(_imaging),
            _ => throw new NotSupportedException($"No source takes {url.Kind} cameras."),
        };
    }
}
