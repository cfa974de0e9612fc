using System.Text.Json;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>A picture whose faces are known.</summary>
/// <param name="Content">The encoded picture.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Faces">The boxes that belong on it.</param>
internal sealed record KnownPicture(byte[] Content, string MediaType, IReadOnlyList<Box> Faces)
{
    /// <summary>The picture that comes with the tool: a scene that face-detector's <c>demo</c> command drew, with the boxes it drew it by.</summary>
    public static KnownPicture BuiltIn()
    {
        var faces = ReadBoxes(Resource("known-picture.json"), "the built-in picture");
        return new KnownPicture(Resource("known-picture.jpg"), "image/jpeg", faces);
    }

    /// <summary>A picture of the operator's own, with the line that <c>face-detector detect --json</c> printed of it.</summary>
    /// <exception cref="DeployException">A file is absent or of the wrong kind.</exception>
    public static KnownPicture Read(string picture, string expected)
    {
        foreach (var path in new[] { picture, expected })
        {
            if (!File.Exists(path))
            {
                throw DeployException.BadInput($"{path} does not exist", "name the picture and the detect line that belongs to it");
            }
        }

        var content = File.ReadAllBytes(picture);
        var mediaType = content switch
        {
            [0xFF, 0xD8, ..] => "image/jpeg",
            [0x89, 0x50, 0x4E, 0x47, ..] => "image/png",
            [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => "image/webp",
            _ => throw DeployException.BadInput($"{picture} is not a JPEG, PNG or WebP picture", "give one of these"),
        };
        return new KnownPicture(content, mediaType, ReadBoxes(File.ReadAllBytes(expected), expected));
    }

    private static List<Box> ReadBoxes(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (FaceBoxes.Read(document.RootElement) is { Count: > 0 } faces)
            {
                return faces;
            }
        }
        catch (JsonException exception)
        {
            throw DeployException.BadInput($"{name} is not JSON: {exception.Message}", "give one line of face-detector detect --json", exception);
        }

        throw DeployException.BadInput($"{name} names no faces", "give one line of face-detector detect --json with at least one face");
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(KnownPicture).Assembly.GetManifestResourceStream($"FaceEdge.Deploy.SiteCheck.{name}")
            ?? throw new InvalidOperationException($"resource {name} is not embedded");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
