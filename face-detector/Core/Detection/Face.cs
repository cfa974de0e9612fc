using System.Numerics;

namespace FaceEdge.Detection;

/// <summary>One face found in a frame.</summary>
/// <param name="Box">Around the face, forehead to chin.</param>
/// <param name="Score">Confidence score, 0 to 1.</param>
/// <param name="Landmarks">Eyes, nose tip and mouth corners.</param>
/// <param name="Track">The number of the face from frame to frame, from 1; 0 where it has none.</param>
internal readonly record struct Face(Box Box, float Score, Landmarks Landmarks, int Track = 0)
{
    /// <summary>Pixels; over a hundred times the side of any frame that is taken.</summary>
    private const float Farthest = 1e7f;

    /// <summary>Whether all numbers are possible in a frame: a broken model answers NaN, or boxes without an end.</summary>
    public bool IsSound
    {
        get
        {
            var sound = float.IsFinite(Score) && IsNear(Box.X) && IsNear(Box.Y) && Box.Width is >= 0 and <= Farthest && Box.Height is >= 0 and <= Farthest;
            var landmarks = Landmarks;
            foreach (ref readonly var point in (ReadOnlySpan<Vector2>)landmarks)
            {
                sound &= IsNear(point.X) && IsNear(point.Y);
            }

            return sound;
        }
    }

    /// <summary>The same face in a frame scaled by a factor.</summary>
    public Face Scale(float factor)
    {
        var landmarks = Landmarks;
        foreach (ref var point in (Span<Vector2>)landmarks)
        {
            point *= factor;
        }

        return this with { Box = new Box(Box.X * factor, Box.Y * factor, Box.Width * factor, Box.Height * factor), Landmarks = landmarks };
    }

    private static bool IsNear(float value) => MathF.Abs(value) <= Farthest;
}
