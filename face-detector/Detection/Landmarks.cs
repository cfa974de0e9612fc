using System.Numerics;
using System.Runtime.CompilerServices;

namespace FaceEdge.Detection;

/// <summary>Five points in pixels of the original picture: right eye, left eye (the person's own), nose tip, right and left mouth corner.</summary>
[InlineArray(Count)]
internal struct Landmarks
{
    public const int Count = 5;
    public const int RightEye = 0;
    public const int LeftEye = 1;
    public const int NoseTip = 2;
    public const int RightMouthCorner = 3;
    public const int LeftMouthCorner = 4;

    private Vector2 _first;
}
