namespace FaceEdge.Models;

/// <summary>Width and height of the model's input in pixels, each a multiple of <see cref="Grain"/>.</summary>
internal readonly record struct InputShape(int Width, int Height)
{
    /// <summary>The coarsest grid of the model has one cell per 32 pixels.</summary>
    public const int Grain = 32;

    /// <summary>
    /// The smallest shape that holds a frame scaled to <paramref name="side"/> on its longer side: 320x192 for 16:9 at 320, which saves
    /// 40% of the inference against 320x320 and sees the same pixels.
    /// </summary>
    /// <param name="frameWidth">At least 1.</param>
    /// <param name="frameHeight">At least 1.</param>
    /// <param name="side">Multiple of <see cref="Grain"/>.</param>
    public static InputShape Around(int frameWidth, int frameHeight, int side)
    {
        return frameWidth >= frameHeight
            ? new InputShape(side, Shorter(frameHeight, frameWidth, side))
            : new InputShape(Shorter(frameWidth, frameHeight, side), side);
    }

    public override string ToString() => $"{Width}x{Height}";

    private static int Shorter(int shorter, int longer, int side)
    {
        var scaled = Math.Max(1, (int)Math.Round((double)shorter * side / longer));
        return (scaled + Grain - 1) / Grain * Grain;
    }
}
