namespace FaceEdge.Evaluation;

/// <summary>Which faces a figure is over: those at least so high, as a share of the picture's height. Smaller ones neither help nor harm.</summary>
internal sealed record SizeClass(string Name, float LeastHeight)
{
    public static SizeClass All { get; } = new("all", 0);

    public static SizeClass FivePercent { get; } = new("5%", 0.05f);

    public static SizeClass TenPercent { get; } = new("10%", 0.10f);

    /// <summary>The classes of every report.</summary>
    public static IReadOnlyList<SizeClass> Reported { get; } = [All, FivePercent, TenPercent];
}
