using FaceEdge.Imaging.OpenCv;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Imaging;

/// <summary>Chooses the imaging backend once, at start.</summary>
internal static class ImagingBackends
{
    /// <summary>Probes OpenCV unless told not to, and falls back to the portable backend when it does not load.</summary>
    /// <exception cref="InvalidOperationException"><c>Imaging:Backend</c> asks for OpenCV and it does not load; the message says why and what to do.</exception>
    public static ImagingSelection Select(ImagingOptions options) => Select(options, OpenCvProbe.Run);

    internal static ImagingSelection Select(ImagingOptions options, Func<OpenCvProbe> probe) =>
        options.Backend == ImagingChoice.Portable
            ? Portable("asked for by Imaging:Backend")
            : (options.Backend, probe()) switch
            {
                (_, { Loaded: true } openCv) => new ImagingSelection(new OpenCvBackend(PortableBackend.Create()), openCv.Detail),
                (ImagingChoice.OpenCv, var openCv) => throw new InvalidOperationException(
                    $"Imaging:Backend is opencv, but {openCv.Detail}. Install what is missing, or set Imaging:Backend to portable or auto."),
                (_, var openCv) => Portable(openCv.Detail),
            };

    private static ImagingSelection Portable(string reason)
    {
        var backend = PortableBackend.Create();
        return new ImagingSelection(backend, $"{reason}; JPEG through {backend.JpegCodec}");
    }
}
