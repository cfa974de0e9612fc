using System.Numerics;
using FaceEdge.Detection;

namespace FaceEdge.Privacy;

/// <summary>A part of a frame that must not be recognised.</summary>
/// <param name="Region">Pixels; may reach over the frame's edge.</param>
/// <param name="Cell">The minimum side of a cell of the mosaic over it, in pixels.</param>
internal readonly record struct HiddenRegion(Box Region, float Cell)
{
    /// <summary>
    /// On each side of a face's box, which ends at forehead and chin: hair, ears and neck tell who somebody is too, and a box is never exact.
    /// </summary>
    private const float Margin = 0.3f;

    /// <summary>
    /// Of a mosaic over a face, across its longer side. Known faces are still recognised by people at 16 (Harmon and Julesz, Science, 1973).
    /// </summary>
    private const float CellsAcrossAFace = 5;

    /// <summary>How far a face that is missed strays from its course, in its own sides a second.</summary>
    private const float StrayPerSecond = 0.5f;

    /// <summary>Pixels. A face of this size or less is one cell.</summary>
    private const float MinCell = 8;

    /// <summary>The same in a frame scaled by a factor.</summary>
    public HiddenRegion Scale(float factor) => new(
        new Box(Region.X * factor, Region.Y * factor, Region.Width * factor, Region.Height * factor), Cell * factor);

    /// <summary>A face that was found here in this frame.</summary>
    public static HiddenRegion Around(in Box face) => new(WithMargin(face, face, Margin), CellFor(face));

    /// <summary>A face that was found before, and may have stopped, gone on, or anything between.</summary>
    /// <param name="found">Where it was found last.</param>
    /// <param name="course">Pixels a second at which it moved there.</param>
    /// <param name="missedSeconds">Since it was found.</param>
    public static HiddenRegion Around(in Box found, Vector2 course, float missedSeconds)
    {
        var gone = course * missedSeconds;
        var end = found with { X = found.X + gone.X, Y = found.Y + gone.Y };
        return new HiddenRegion(WithMargin(found.Union(end), found, Margin + (StrayPerSecond * missedSeconds)), CellFor(found));
    }

    /// <param name="region">To widen.</param>
    /// <param name="face">Whose sides the margin is a share of.</param>
    /// <param name="share">Of them, on each side.</param>
    private static Box WithMargin(in Box region, in Box face, float share)
    {
        var (across, down) = (share * face.Width, share * face.Height);
        return new Box(region.X - across, region.Y - down, region.Width + (2 * across), region.Height + (2 * down));
    }

    private static float CellFor(in Box face) => MathF.Max(MathF.Max(face.Width, face.Height) / CellsAcrossAFace, MinCell);
}
