using System.Collections.Immutable;
using FaceEdge.Streaming;

namespace FaceEdge.Web.Live;

/// <summary>One rung of the ladder down which a page on a slow line is taken: how wide, how fine and how often it gets frames.</summary>
/// <param name="Rendition">How wide and how fine.</param>
/// <param name="FramesPerSecond">At most, of each camera; null for all.</param>
/// <param name="Weight">Bytes of a frame, relative to the top rung's: measured at 720p, where drawn scenes and photos differ by a tenth.</param>
internal sealed record Rung(Rendition Rendition, int? FramesPerSecond, double Weight)
{
    /// <summary>Top first; each needs two thirds of what the one above does. A 720p photo 15 times a second is 14 Mbit/s at the top and .2 at the bottom.</summary>
    public static ImmutableArray<Rung> Ladder { get; } =
    [
        new(default, null, 1),
        new(Rendition.Within(960, null), null, 0.66),
        new(Rendition.Within(640, null), null, 0.39),
        new(Rendition.Within(640, 60), null, 0.27),
        new(Rendition.Within(480, 60), null, 0.18),
        new(Rendition.Within(480, 30), null, 0.12),
        new(Rendition.Within(480, 30), 10, 0.12),
        new(Rendition.Within(480, 30), 6, 0.12),
        new(Rendition.Within(480, 30), 4, 0.12),
        new(Rendition.Within(480, 30), 2, 0.12),
    ];
}
