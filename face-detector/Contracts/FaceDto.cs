using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>One face, in pixels of the original frame, origin top left.</summary>
/// <param name="X">Left edge of the box, which is cut at the frame's edges.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Of the box.</param>
/// <param name="Height">Of the box.</param>
/// <param name="Score">Confidence score, 0 to 1.</param>
/// <param name="Landmarks">Right eye, left eye, nose tip, right and left mouth corner, each x and y; where they are hidden they may lie outside the frame.</param>
/// <param name="Eyes">Boxes around the person's right and left eye, cut as the face's.</param>
/// <param name="Track">The same from frame to frame of a camera, from 1; left out before a face is confirmed, where faces are not tracked, and of single pictures.</param>
internal sealed record FaceDto(
    float X,
    float Y,
    float Width,
    float Height,
    float Score,
    float[][] Landmarks,
    BoxDto[] Eyes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Track = null);
