using FaceEdge.Contracts;
namespace FaceEdge.Web.Api;

/// <summary>The answer to one frame of a visitor's camera.</summary>
/// <param name="Number">Which of the frames sent, from 1; frames that a newer one replaced get no answer.</param>
/// <param name="Width">Of the frame, in pixels.</param>
/// <param name="Height">Of the frame, in pixels.</param>
/// <param name="Faces">Strongest first; null for a frame that could not be read.</param>
/// <param name="Milliseconds">Time in each stage.</param>
/// <param name="Error">Why the frame could not be read, or what hinders detection; else null.</param>
internal sealed record VisitorAnswer(
    long Number, int Width, int Height, FaceDto[]? Faces, MillisecondsDto? Milliseconds, string? Error);
