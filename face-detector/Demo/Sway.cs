namespace FaceEdge.Demo;

/// <summary>A slow to and fro in [−1, 1]: two sines whose periods have no common measure, so that it does not look like a clock.</summary>
internal readonly struct Sway
{
    private const float Overtone = 1.618f;

    private readonly float _frequency;
    private readonly float _phase;
    private readonly float _secondPhase;

    /// <param name="random">Gives period and phases.</param>
    /// <param name="shortest">Seconds of the shortest period.</param>
    /// <param name="longest">Seconds of the longest period.</param>
    public Sway(ref SeededRandom random, float shortest, float longest)
    {
        _frequency = MathF.Tau / random.Between(shortest, longest);
        _phase = random.Between(0, MathF.Tau);
        _secondPhase = random.Between(0, MathF.Tau);
    }

    public float At(double seconds) =>
        (float)((0.7 * Math.Sin((seconds * _frequency) + _phase)) + (0.3 * Math.Sin((seconds * _frequency * Overtone) + _secondPhase)));
}
