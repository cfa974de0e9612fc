namespace FaceEdge.Contracts;

/// <summary>What was found in a picture that was handed in.</summary>
internal sealed record DetectAnswer(int Width, int Height, string Model, FaceDto[] Faces, MillisecondsDto Milliseconds);
