using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Detection;

namespace FaceEdge.Evaluation;

/// <summary>
/// A file of labels: <c>{"images":[{"file","width","height","faces":[{"x","y","width","height"}]}]}</c>, pixels, origin top left. A face may also
/// have <c>landmarks</c> (five pairs x, y in the order of <see cref="Landmarks"/>), <c>yaw</c> (degrees) and <c>ignore</c>.
/// </summary>
internal sealed record LabelFile(IReadOnlyList<LabelledPicture> Pictures, string Sha256)
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
        Document? document;
        try
        {
            document = JsonSerializer.Deserialize(json, EvaluationJson.Default.Labels);
        }
        catch (JsonException exception)
        {
            throw new EvaluationException($"The labels {path} are not as they must be, line {exception.LineNumber + 1}, {exception.Path}: {exception.Message}", exception);
        }

        var pictures = new List<LabelledPicture>();
        foreach (var picture in document?.Images ?? [])
        {
            if (picture.Width < 1 || picture.Height < 1 || Array.Exists(picture.Faces, face => !(face.Width > 0 && face.Height > 0)))
            {
                throw new EvaluationException($"The labels {path} give '{picture.File}' or one of its faces a width or height that is not above 0.");
            }

            if (Array.Exists(picture.Faces, face => face.Points is { } points && !ArePoints(points)))
            {
                throw new EvaluationException($"The labels {path} give a face of '{picture.File}' landmarks that are not {Landmarks.Count} pairs [x, y].");
            }

            pictures.Add(new LabelledPicture(picture.File, picture.Width, picture.Height, [.. picture.Faces.Select(face => face.Labelled())]));
        }

        return pictures.Count > 0 ? pictures : throw new EvaluationException($"The labels {path} hold no images.");
    }

    private static bool ArePoints(float[][] points) => points.Length == Landmarks.Count && Array.TrueForAll(points, point => point.Length == 2);

    internal sealed record Document(Picture[] Images);

    internal sealed record Picture(string File, int Width, int Height, FaceEntry[] Faces);

    internal sealed record FaceEntry(
        float X,
        float Y,
        float Width,
        float Height,
        bool Ignore = false,
        [property: JsonPropertyName("landmarks")] float[][]? Points = null,
        float? Yaw = null)
    {
        public LabelledFace Labelled()
        {
            Landmarks? landmarks = null;
            if (Points is not null)
            {
                var points = default(Landmarks);
                for (var i = 0; i < Points.Length; i++)
                {
                    points[i] = new Vector2(Points[i][0], Points[i][1]);
                }

                landmarks = points;
            }

            return new LabelledFace(new Box(X, Y, Width, Height), Ignore, landmarks, Yaw);
        }
    }
}
