using System.Text.Json;

namespace FaceEdge.Contracts;

/// <summary>What <c>detect --json</c> writes of one file, on one line.</summary>
/// <param name="File">The path.</param>
/// <param name="Width">Of the picture, in pixels, upright by its EXIF orientation.</param>
/// <param name="Height">Of the picture, in pixels.</param>
/// <param name="Model">Its name.</param>
/// <param name="Faces">Strongest first, each with its eyes.</param>
/// <param name="Milliseconds">In each stage.</param>
internal sealed record DetectLine(string File, int Width, int Height, string Model, FaceDto[] Faces, MillisecondsDto Milliseconds)
{
    public string ToJson() => JsonSerializer.Serialize(this, ContractsJson.Default.DetectLine);
}
