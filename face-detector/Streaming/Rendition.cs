using System.Collections.Immutable;

namespace FaceEdge.Streaming;

/// <summary>
/// How wide and how fine a viewer gets a camera's frames: one of a few steps, so that viewers share encodings and what a camera costs is bounded. The
/// default value is the frame as the camera sends it.
/// </summary>
/// <param name="WidthStep">Place in the widths, widest first.</param>
/// <param name="QualityStep">Place in the qualities, finest first.</param>
internal readonly record struct Rendition(int WidthStep, int QualityStep)
{
    /// <summary>The narrowest: a face of 5 % of the frame's side is still 24 pixels.</summary>
    public const int MinWidth = 480;

    /// <summary>Below it, JPEG shows its blocks.</summary>
    public const int MinQuality = 30;

    /// <summary>Steps of quality.</summary>
    public const int Qualities = 3;

    /// <summary>How many renditions there are: an upper bound of the encodings of one frame.</summary>
    public const int Count = 4 * Qualities;

    private static readonly int[] Widths = [int.MaxValue, 960, 640, MinWidth];

    private static readonly int[] QualitySteps = [100, 60, MinQuality];

    /// <summary>All, widest and then finest first.</summary>
    public static ImmutableArray<Rendition> All { get; } =
        [.. Enumerable.Range(0, Widths.Length).SelectMany(width => Enumerable.Range(0, Qualities).Select(quality => new Rendition(width, quality)))];

    /// <summary>Pixels; a narrower frame stays as it is.</summary>
    public int MaxWidth => Widths[WidthStep];

    /// <summary>Of JPEG, 1 to 100; a camera whose frames are encoded coarser stays at that.</summary>
    public int MaxQuality => QualitySteps[QualityStep];

    /// <summary>Place in <see cref="All"/>.</summary>
    public int Index => (WidthStep * Qualities) + QualityStep;

    /// <summary>The widest and finest within bounds.</summary>
    /// <param name="width">Pixels, at least <see cref="MinWidth"/>; null for any.</param>
    /// <param name="quality">At least <see cref="MinQuality"/>; null for any.</param>
    public static Rendition Within(int? width, int? quality) => new(
        width is { } widest ? Math.Max(Array.FindIndex(Widths, step => step <= widest), 0) : 0,
        quality is { } finest ? Math.Max(Array.FindIndex(QualitySteps, step => step <= finest), 0) : 0);

    /// <summary>This, or the narrowest that is still as wide as it is shown.</summary>
    /// <param name="shown">Pixels of the screen; null where the whole width is wanted.</param>
    public Rendition Covering(int? shown) =>
        shown is { } width ? this with { WidthStep = Math.Max(WidthStep, Array.FindLastIndex(Widths, step => step >= width)) } : this;
}
