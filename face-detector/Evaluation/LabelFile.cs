using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Detection;

namespace FaceEdge.Evaluation;

/// <summary>
/// A file of labels: <c>{"images":[{"file","width","height","faces":[{"x","y","width","height"}]}]}</c>, pixels, origin top left.
/// </summary>
internal sealed partial record LabelFile(IReadOnlyList<LabelledPicture> Pictures, string Sha256)
{
    /// <exception cref="EvaluationException">Not such a file; the message says where it differs.</exception>
    public static LabelFile Read(string path)
    {
        byte[] content;
        try
        {
            content = System.IO.File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"The labels {path} cannot be read: {exception.Message}", exception);
        }

        return new LabelFile(Parse(content, path), Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    internal static IReadOnlyList<LabelledPicture> Parse(ReadOnlySpan<byte> json, string path)
    {
        Root? root;
        try
        {
            root = JsonSerializer.Deserialize(json, LabelJson.Default.Root);
        }
        catch (JsonException exception)
        {
            throw new EvaluationException($"The labels {path} are not as they must be, line {exception.LineNumber + 1}, {exception.Path}: {exception.Message}", exception);
        }

        var pictures = new List<LabelledPicture>();
        foreach (var picture in root?.Images ?? [])
        {
            if (picture.Width < 1 || picture.Height < 1 || Array.Exists(picture.Faces, face => !(face.Width > 0 && face.Height > 0)))
            {
                throw new EvaluationException($"The labels {path} give '{picture.File}' or one of its faces a width or height that is not above 0.");
            }

            pictures.Add(new LabelledPicture(picture.File, picture.Width, picture.Height, picture.Faces));
        }

        return pictures.Count > 0 ? pictures : throw new EvaluationException($"The labels {path} hold no images.");
    }

    private sealed record Root(Picture[] Images);

    private sealed record Picture(string File, int Width, int Height, Box[] Faces);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
    [JsonSerializable(typeof(Root))]
    private sealed partial class LabelJson : JsonSerializerContext;
}
