using System.Buffers.Binary;

namespace FaceEdge.Fuzz.Mutation;

/// <summary>Makes a bad input of good ones: a few small changes, as AFL's "havoc" stage makes them. The same seed gives the same series.</summary>
internal sealed class Mutator
{
    private const int MostWounds = 6;

    /// <summary>Numbers at which lengths and counters go wrong.</summary>
    private static readonly uint[] Edges = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 511, 1023, 4095, 4096, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _words;
    private readonly int _maxLength;

    public Mutator(int seed, IReadOnlyList<byte[]> words, int maxLength)
    {
        _random = new Random(seed);
        _words = words;
        _maxLength = maxLength;
    }

    /// <summary>A new input; the parents stay as they are.</summary>
    /// <param name="parent">What it is mostly made of.</param>
    /// <param name="other">What parts may be taken from.</param>
    public byte[] Mutate(byte[] parent, byte[] other)
    {
        var child = parent;
        for (var wounds = 1 + _random.Next(MostWounds); wounds > 0; wounds--)
        {
            child = Wound(child, other);
        }

        return child.Length <= _maxLength ? child : child[.._maxLength];
    }

    private byte[] Wound(byte[] input, byte[] other) => _random.Next(11) switch
    {
        0 => Overwrite(input, 1, static (span, random) => span[0] ^= (byte)(1 << random.Next(8))),
        1 => Overwrite(input, 1, static (span, random) => span[0] = (byte)random.Next(256)),
        2 => Overwrite(input, 1, static (span, random) => span[0] = (byte)(span[0] + random.Next(-16, 17))),
        3 => Overwrite(input, 2, static (span, random) => BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)Edge(random))),
        4 => Overwrite(input, 4, static (span, random) => BinaryPrimitives.WriteUInt32BigEndian(span, Edge(random))),
        5 => Overwrite(input, 4, static (span, random) => BinaryPrimitives.WriteUInt32LittleEndian(span, Edge(random))),
        6 => Replace(input, Part(input, 64), []),
        7 => Replace(input, At(input), [.. Enumerable.Range(0, 1 + _random.Next(8)).Select(_ => (byte)_random.Next(256))]),
        8 when _words.Count > 0 => Replace(input, _random.Next(2) == 0 ? At(input) : Part(input, 16), _words[_random.Next(_words.Count)]),
        9 => Replace(input, At(input), input[Part(input, 256)]),
        _ => Replace(input, _random.Next(2) == 0 ? At(input) : Part(input, 256), other[Part(other, 256)]),
    };

    private static uint Edge(Random random) => Edges[random.Next(Edges.Length)];

    private byte[] Overwrite(byte[] input, int length, Action<Span<byte>, Random> change)
    {
        if (input.Length < length)
        {
            return input;
        }

        var output = (byte[])input.Clone();
        change(output.AsSpan(_random.Next(input.Length - length + 1), length), _random);
        return output;
    }

    private Range At(byte[] input)
    {
        var at = _random.Next(input.Length + 1);
        return at..at;
    }

    /// <summary>Some bytes in a row, short ones more often than long ones.</summary>
    private Range Part(byte[] input, int longest)
    {
        var start = _random.Next(input.Length + 1);
        var length = Math.Min(input.Length - start, 1 + _random.Next(1 + _random.Next(longest)));
        return start..(start + length);
    }

    private static byte[] Replace(byte[] input, Range part, byte[] insertion)
    {
        var (start, length) = part.GetOffsetAndLength(input.Length);
        return [.. input.AsSpan(0, start), .. insertion, .. input.AsSpan(start + length)];
    }
}
