using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace FaceEdge.Fuzz.Running;

/// <summary>Which branches of the instrumented program an input took, and how often, as AFL counts it: one byte a pair of branches, in eight classes.</summary>
internal sealed unsafe class Coverage
{
    /// <summary>Of AFL's map, which SharpFuzz writes.</summary>
    private const int MapSize = 1 << 16;

    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(MapSize);
    private readonly byte[] _seen = new byte[MapSize];

    public Coverage() => Trace.SharedMem = _map;

    /// <summary>Pairs of branches that any input took.</summary>
    public int Edges { get; private set; }

    public void Clear()
    {
        NativeMemory.Clear(_map, MapSize);
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds what was taken since <see cref="Clear"/> and how often; true when some of it is new.</summary>
    public bool Merge() => Merge(Class);

    /// <summary>Adds what was taken since <see cref="Clear"/>, however often; true when some of it is new.</summary>
    public bool MergeBranches() => Merge(static count => Math.Min(count, (byte)1));

    private bool Merge(Func<byte, byte> classify)
    {
        var map = new ReadOnlySpan<ulong>(_map, MapSize / sizeof(ulong));
        var isNew = false;
        for (var i = 0; i < map.Length; i++)
        {
            if (map[i] != 0)
            {
                isNew |= Merge(i * sizeof(ulong), classify);
            }
        }

        return isNew;
    }

    private bool Merge(int start, Func<byte, byte> classify)
    {
        var isNew = false;
        for (var i = start; i < start + sizeof(ulong); i++)
        {
            var bit = classify(_map[i]);
            if ((bit & ~_seen[i]) != 0)
            {
                Edges += _seen[i] == 0 ? 1 : 0;
                _seen[i] |= bit;
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more.</summary>
    private static byte Class(byte count) => count switch
    {
        0 => 0,
        3 => 4,
        < 4 => count,
        >= 128 => 128,
        >= 32 => 64,
        _ => (byte)(8 << (BitOperations.Log2(count) - 2)),
    };
}
