using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FaceEdge.Detection;

/// <summary>Five points in pixels of the original frame: right eye, left eye (the person's own), nose tip, right and left mouth corner.</summary>
[InlineArray(Count)]
internal struct Landmarks : IEquatable<Landmarks>
{
    public const int Count = 5;
    public const int RightEye = 0;
    public const int LeftEye = 1;
    public const int NoseTip = 2;
    public const int RightMouthCorner = 3;
    public const int LeftMouthCorner = 4;

    private Vector2 _first;

    public static bool operator ==(Landmarks left, Landmarks right) => left.Equals(right);

    public static bool operator !=(Landmarks left, Landmarks right) => !left.Equals(right);

    public readonly bool Equals(Landmarks other)
    {
        ReadOnlySpan<Vector2> mine = this;
        ReadOnlySpan<Vector2> theirs = other;
        return mine.SequenceEqual(theirs);
    }

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is Landmarks other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(this[0], this[1], this[2], this[3], this[4]);
}
