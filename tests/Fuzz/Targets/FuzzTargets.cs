using FaceEdge.Imaging.OpenCv;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Fuzz.Targets;

/// <summary>All targets, made when they are asked for.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Makers = new(StringComparer.Ordinal)
    {
        ["picture-portable"] = () => new PictureTarget(PortableBackend.Create()),
        ["picture-imagesharp"] = () => new PictureTarget(new PortableBackend(turbo: null), "picture-imagesharp"),
        ["picture-opencv"] = () => new PictureTarget(new OpenCvBackend(new PortableBackend(turbo: null))),
        ["multipart"] = () => new MultipartTarget(),
        ["http-answer"] = () => new HttpAnswerTarget(),
        ["rtsp-answer"] = () => new RtspAnswerTarget(),
        ["rtsp-stream"] = () => new RtspStreamTarget(),
        ["video"] = () => new VideoTarget(),
        ["camera-url"] = () => new CameraUrlTarget(),
        ["settings-file"] = () => new SettingsFileTarget(),
        ["settings-change"] = () => new SettingsChangeTarget(),
        ["catalogue"] = () => new CatalogueTarget(),
        ["model"] = () => new ModelTarget(),
        ["page-message"] = () => new PageMessageTarget(),
        ["page-line"] = () => new PageLineTarget(),
        ["request"] = () => new RequestTarget(),
        ["masks"] = () => new MaskTarget(),
        ["counts"] = () => new CountsTarget(),
        ["detections"] = () => new DetectionsTarget(),
        ["planes"] = () => new PlanesTarget(),
        ["visitor-camera"] = () => new VisitorTarget(),
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    public static FuzzTarget Create(string name) => Makers[name]();
}
