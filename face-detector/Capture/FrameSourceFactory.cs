using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.Http;
using FaceEdge.Capture.OpenCv;
using FaceEdge.Demo;
using FaceEdge.Imaging;
using FaceEdge.Imaging.OpenCv;

namespace FaceEdge.Capture;

/// <summary>Finds the source that a camera's URL asks for.</summary>
internal sealed class FrameSourceFactory
{
    private readonly IImagingBackend _imaging;
    private readonly TimeProvider _clock;
    private readonly HardwareDecode _hardware;

    /// <param name="imaging">Decodes frames.</param>
    /// <param name="clock">Stamps frames.</param>
    /// <param name="hardware">Decodes video where it can.</param>
    public FrameSourceFactory(IImagingBackend imaging, TimeProvider clock, HardwareDecode hardware = HardwareDecode.None)
    {
        _hardware = hardware;
        _imaging = imaging;
        _clock = clock;
    }

    /// <summary>A source for one camera; connects when it is run, not before.</summary>
    /// <param name="options">Validated.</param>
    public IFrameSource Create(CameraOptions options)
    {
        var url = CameraUrl.Parse(options.Url);
        return url.Kind switch
        {
            CameraKind.Demo => new DemoSource(DemoUrl.Parse(url.Secret), _clock),
            CameraKind.Browser => new BrowserSource(_imaging),
            CameraKind.Http => new HttpSource(url, options, _imaging, _clock),
            CameraKind.File when Directory.Exists(url.Secret) || PictureNames.IsReadable(url.Secret) =>
                new FolderSource(url.Secret, options.PictureTime, _imaging, _clock),
            _ => Video(url, options),
        };
    }

    /// <summary>
    /// Video needs a decoder. The one inside OpenCvSharp's package is built without network and without assembly code: an ffmpeg on PATH takes
    /// RTSP and decodes H.264 in 0.4 of the time. OpenCV reads USB cameras itself, and files where there is no ffmpeg.
    /// </summary>
    private IFrameSource Video(CameraUrl url, CameraOptions options)
    {
        var openCv = _imaging is OpenCvBackend;
        return openCv && (url.Kind == CameraKind.Device || FfmpegProbe.Run() is null)
            ? new OpenCvVideoSource(url, options, _clock)
            : new FfmpegSource(url, options, _clock, _hardware);
    }
}
