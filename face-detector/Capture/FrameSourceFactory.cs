using FaceEdge.Capture.Demo;
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
            CameraKind.Demo => new DemoSource(DemoUrl.Parse(url.Secret), TimeProvider.System),
            CameraKind.Browser => new BrowserSource(_imaging),
            _ => throw new NotSupportedException($"No source takes {url.Kind} cameras."),
        };
    }
}
