namespace FaceEdge.Demo;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed in every runtime version, which <see cref="Random"/> does not promise.</summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator of its own for one thing of many, so that adding a draw for one does not change the others.</summary>
    public static SeededRandom For(int seed, int stream) => new(((ulong)(uint)seed << 32 | (uint)stream) * 0xD1342543DE82EF95UL);

    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Unit() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Between(float low, float high) => low + ((high - low) * Unit());

    /// <summary>Uniform over 0 … <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(Unit() * count);

    public bool Chance(float probability) => Unit() < probability;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Fisher-Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
