using System.Numerics;
using FaceEdge.Detection;

namespace FaceEdge.Demo;

/// <summary>
/// One picture for training and evaluation: people of very different sizes and poses anywhere in it, nearer ones in front of farther ones but
/// never hiding a face.
/// </summary>
internal sealed class VariedScene
{
    private const float SmallestFace = 12;
    private const float LargestFace = 300;
    private const int MostPeople = 12;
    private const int Tries = 60;

    /// <summary>Radians that most people turn at most, and one in four.</summary>
    private const float Turn = 0.6f;
    private const float WideTurn = 1;

    public VariedScene(int seed, int width, int height)
    {
        (Seed, Width, Height) = (seed, width, height);
        var random = SeededRandom.For(seed, 2_000);
        Camera = CameraFaults.Draw(ref random);

        var count = 1 + (int)(MostPeople * random.Unit() * random.Unit());
        var sizes = new float[count];
        var largest = MathF.Min(LargestFace, 0.7f * height);
        for (var i = 0; i < count; i++)
        {
            sizes[i] = SmallestFace * MathF.Pow(largest / SmallestFace, random.Unit());
        }

        Array.Sort(sizes, static (a, b) => b.CompareTo(a));
        var cast = Casting.Cast(seed, count, covered: true);
        var placed = new List<KnownFace>(count);
        var taken = new List<Box>();
        for (var i = 0; i < count; i++)
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var face = KnownFace.Of(cast[i], Stand(ref random, sizes[i], width, height));
                if (face.Box.X >= 0 && face.Box.Y >= 0 && face.Box.Right <= width && face.Box.Bottom <= height && !taken.Exists(other => Overlap(other, face.Box)))
                {
                    placed.Add(face);
                    taken.AddRange(Silhouette(face.Box, height));
                    break;
                }
            }
        }

        placed.Reverse();
        Faces = [.. placed];
    }

    public int Seed { get; }

    public int Width { get; }

    public int Height { get; }

    public CameraFaults Camera { get; }

    /// <summary>Farthest first: the order they are painted in.</summary>
    public KnownFace[] Faces { get; }

    private static Pose Stand(ref SeededRandom random, float size, int width, int height)
    {
        var centre = new Vector2(random.Between(0, width), random.Between(0, height));
        var yaw = (random.Chance(0.25f) ? WideTurn : Turn) * Peaked(ref random);
        return new Pose(centre, size, yaw, 0.2f * Peaked(ref random), 0.4f * Peaked(ref random))
        {
            EyesOpen = random.Chance(0.9f) ? 1 : random.Unit(),
            Gaze = random.Between(-1, 1),
            Smile = random.Unit(),
            MouthOpen = random.Chance(0.3f) ? random.Unit() : 0,
            BrowRaise = random.Unit(),
        };
    }

    /// <summary>In (−1, 1), mostly near 0.</summary>
    private static float Peaked(ref SeededRandom random) => random.Unit() + random.Unit() - 1;

    /// <summary>What a person hides: head with hair and hat, and the body below it.</summary>
    private static Box[] Silhouette(in Box face, float height) =>
    [
        new Box(face.X - (0.3f * face.Width), face.Y - (0.55f * face.Height), 1.6f * face.Width, 1.7f * face.Height),
        new Box(face.X - (0.7f * face.Width), face.Bottom, 2.4f * face.Width, height),
    ];

    private static bool Overlap(in Box a, in Box b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;
}
