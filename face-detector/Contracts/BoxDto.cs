namespace FaceEdge.Contracts;

/// <summary>A rectangle in pixels of the original picture, origin top left.</summary>
internal sealed record BoxDto(float X, float Y, float Width, float Height);
