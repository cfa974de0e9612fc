namespace FaceEdge.Demo;

/// <summary>What a <c>demo:</c> URL may set.</summary>
/// <param name="Width">Pixels, 160 to 3840.</param>
/// <param name="Height">Pixels, 120 to 2160.</param>
/// <param name="Faces">0 to 12; 0 is the scenery alone.</param>
/// <param name="FramesPerSecond">1 to 120.</param>
/// <param name="Seed">0 or more; picks people, scenery and motion.</param>
internal sealed record DemoSettings(int Width, int Height, int Faces, int FramesPerSecond, int Seed)
{
    public static DemoSettings Default { get; } = new(1280, 720, 6, 30, 1);

    /// <summary>Seconds into the scene at which a frame shows it.</summary>
    public double TimeOf(long frame) => (double)frame / FramesPerSecond;
}
