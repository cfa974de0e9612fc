using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Commands;

/// <summary>Reads an image reference off the command line.</summary>
internal static class ImageArgument
{
    public static ImageReference Parse(string text) =>
        ImageReference.TryParse(text, out var reference)
            ? reference
            : throw DeployException.BadInput(
                ImageReference.PortFault(text) ?? $"'{text}' is not an image reference", "write registry/name:tag, such as registry.example.com/faceedge/face-detector:1.4.0");
}
