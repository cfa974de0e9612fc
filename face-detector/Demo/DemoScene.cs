using System.Numerics;

namespace FaceEdge.Demo;

/// <summary>
/// People on a hillside in three rows, drifting slowly. Pure: the same seed, size and number of faces give the same people, and the same
/// time the same poses, boxes and landmarks.
/// </summary>
internal sealed class DemoScene
{
    public const int Rows = 3;

    /// <summary>Which row stands in which slot, so that neighbours stand apart in depth.</summary>
    private static readonly int[] RowOfSlot = [1, 2, 0];

    /// <summary>By row, as shares of the frame's height: the face, and where its middle is.</summary>
    private static readonly float[] FaceShare = [0.175f, 0.225f, 0.29f];
    private static readonly float[] MiddleShare = [0.335f, 0.43f, 0.56f];

    private readonly Actor[] _actors;

    public DemoScene(DemoSettings settings)
    {
        var (width, height, faces, _, seed) = settings;
        (Seed, Width, Height) = (seed, width, height);
        var cast = Casting.Cast(seed, faces, covered: false);
        _actors = new Actor[faces];
        var slot = (float)width / faces;
        for (var i = 0; i < faces; i++)
        {
            var row = RowOfSlot[i % RowOfSlot.Length];
            var faceHeight = MathF.Min(FaceShare[row] * height, 0.86f * slot);
            var place = new Vector2((i + 0.5f) * slot, MiddleShare[row] * height);
            var room = MathF.Max(0, (slot - (1.06f * faceHeight)) / 2);
            _actors[i] = new Actor(cast[i], row, faceHeight, new Motion(place, new Vector2(MathF.Min(room, 0.07f * width), 0.012f * height), faceHeight, seed, i));
        }

        Array.Sort(_actors, static (a, b) => a.Row.CompareTo(b.Row));
    }

    public int Seed { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Farthest first: the order they are painted in.</summary>
    public IReadOnlyList<Actor> Actors => _actors;

    /// <summary>Every face at one moment, in the order of <see cref="Actors"/>.</summary>
    public KnownFace[] FacesAt(double seconds)
    {
        var faces = new KnownFace[_actors.Length];
        for (var i = 0; i < faces.Length; i++)
        {
            faces[i] = KnownFace.Of(_actors[i].Traits, _actors[i].Motion.At(seconds));
        }

        return faces;
    }
}
