namespace FaceEdge.Contracts;

/// <summary>A rectangle in pixels of the original frame, origin top left; wholly inside it.</summary>
internal sealed record BoxDto(float X, float Y, float Width, float Height);
