using System.Runtime.InteropServices;
using System.Text.Json;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Tracking;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// What a broken model answers, frame after frame: 16 numbers a face, as they come. The tracker counts no more people than there were faces, and whatever
/// is sound can be told as JSON, painted and hidden.
/// </summary>
internal sealed class DetectionsTarget : FuzzTarget
{
    private const int Capacity = 8;
    private const int Numbers = 16;
    private const int Width = 61;
    private const int Height = 47;

    private readonly FramePool _pool = new();

    public override string Name => "detections";

    public override int MaxLength => Numbers * sizeof(float) * 24;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[] { float.NaN, float.PositiveInfinity, float.MaxValue, float.Epsilon, -0f, 1e7f, 88.7f, 0.9f, 30f }.Select(value => BitConverter.GetBytes(value)),
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        yield return Bytes([.. Enumerable.Range(0, 12).SelectMany(i => (float[])[20 + i, 20, 12, 15, 0.9f, .. Enumerable.Repeat(22f, 10), 1])]);
        yield return Bytes([.. Enumerable.Repeat(float.NaN, 32), .. Enumerable.Repeat(3e38f, 32)]);
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(input[..(input.Length / sizeof(float) * sizeof(float))]);
        var (tracker, hidden, at) = (new FaceTracker(Capacity), new HiddenFaces(Capacity), TimeSpan.Zero);
        var (found, shown, all) = (new List<Face>(), new Face[Capacity], 0);
        for (; numbers.Length >= Numbers; numbers = numbers[Numbers..])
        {
            var face = Read(numbers);
            if (face.IsSound)
            {
                found.Add(face);
            }

            // The last number ends a frame.
            if (numbers[Numbers - 1] > 0 || found.Count == Capacity)
            {
                found.Sort((one, other) => other.Score.CompareTo(one.Score));
                var kept = CollectionsMarshal.AsSpan(found)[..NonMaxSuppression.Suppress(CollectionsMarshal.AsSpan(found), 0.4f)];
                at += TimeSpan.FromMilliseconds(100);
                all += kept.Length;
                tracker.Update(kept, 0.5f, at, Width, Height);
                hidden.Update(kept, true, at, Width, Height);
                Show(shown.AsSpan(0, tracker.CopyShown(shown)), hidden);
                Require(tracker.Confirmed <= all, "no more people than faces");
                found.Clear();
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _pool.Dispose();
        base.Dispose(disposing);
    }

    private static Face Read(ReadOnlySpan<float> numbers)
    {
        var landmarks = new Landmarks();
        for (var i = 0; i < Landmarks.Count; i++)
        {
            landmarks[i] = new(numbers[5 + (2 * i)], numbers[6 + (2 * i)]);
        }

        return new Face(new Box(numbers[0], numbers[1], numbers[2], numbers[3]), numbers[4], landmarks);
    }

    private static byte[] Bytes(float[] numbers) => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray();

    private void Show(ReadOnlySpan<Face> faces, HiddenFaces hidden)
    {
        JsonSerializer.SerializeToUtf8Bytes(
            new DetectAnswer(Width, Height, "fuzz", faces.ToDocument(Width, Height), default(DetectTimings).ToDocument()), FaceDetectorJson.Default.DetectAnswer);
        foreach (var layout in new[] { new FrameLayout(PixelFormat.Bgr24, Width, Height), new FrameLayout(PixelFormat.I420Full, Width, Height) })
        {
            foreach (var mode in Enum.GetValues<DetectionMode>())
            {
                using var outgoing = OutgoingFrame.WithBoxes(_pool.Rent(layout), 1, new Hiding(PrivacyMode.Blur, hidden.Regions, hidden.Everything), faces, mode);
            }
        }
    }
}
