using FaceEdge.Imaging.OpenCv;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Imaging;

/// <summary>Chooses the imaging backend once, at start.</summary>
internal static partial class ImagingBackends
{
    /// <summary>Probes OpenCV unless told not to, and falls back to the portable backend when it does not load.</summary>
    /// <exception cref="InvalidOperationException"><c>Imaging:Backend</c> asks for OpenCV and it does not load; the message says why and what to do.</exception>
    public static ImagingSelection Select(ImagingOptions options, ILogger log)
    {
        var selection = options.Backend switch
        {
            ImagingChoice.Portable => new ImagingSelection(PortableBackend.Create(), "asked for by Imaging:Backend"),
            ImagingChoice.OpenCv => OpenCvProbe.Run() is { Loaded: true } probe
                ? new ImagingSelection(new OpenCvBackend(), $"asked for by Imaging:Backend; {probe.Detail}")
                : throw new InvalidOperationException(
                    $"Imaging:Backend is opencv, but {OpenCvProbe.Run().Detail}. Install what is missing, or set Imaging:Backend to portable or auto."),
            _ => OpenCvProbe.Run() is { Loaded: true } probe
                ? new ImagingSelection(new OpenCvBackend(), probe.Detail)
                : new ImagingSelection(PortableBackend.Create(), OpenCvProbe.Run().Detail),
        };
        LogSelected(log, selection.Backend.Name, selection.Reason);
        return selection;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Imaging backend: {Backend} ({Reason})")]
    private static partial void LogSelected(ILogger log, string backend, string reason);
}
