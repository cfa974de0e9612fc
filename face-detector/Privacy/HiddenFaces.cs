using FaceEdge.Detection;
using FaceEdge.Tracking;

namespace FaceEdge.Privacy;

/// <summary>
/// What must be hidden in a camera's newest frame: every face found in it down to a threshold of its own, which nobody can raise, and for
/// <see cref="Memory"/> every face that was found before and is missed now, where it was and where it was going.
/// </summary>
/// <remarks>Allocates nothing after it was made. Not thread-safe: one per camera.</remarks>
internal sealed class HiddenFaces
{
    /// <summary>
    /// How long a face that is missed stays hidden: by time, and by frames where they are searched seldom, so that one frame that misses a face does not
    /// uncover it. At the longest, what is hidden reaches five faces to each side.
    /// </summary>
    private static readonly TrackMemory Memory = new(TimeSpan.FromSeconds(2), Misses: 2, Longest: TimeSpan.FromSeconds(10));

    /// <summary>The score from which a face is hidden: docs/privacy.md has what it leaves open, and how much of the frame it covers.</summary>
    private const float Threshold = 0.1f;

    private readonly FaceTracker _tracker;
    private readonly HiddenRegion[] _regions;
    private int _count;

    /// <param name="capacity">The most faces of a frame.</param>
    public HiddenFaces(int capacity)
    {
        // Room for as many again that are missed.
        _tracker = new FaceTracker(2 * capacity, new TrackRetention(Memory, Memory, BeyondEdge: true));
        _regions = new HiddenRegion[2 * capacity];
    }

    /// <summary>There may be faces that are not among the regions: nothing of the frame may be recognised.</summary>
    public bool Everything { get; private set; } = true;

    /// <summary>What to hide in the frame that was taken in last.</summary>
    public ReadOnlySpan<HiddenRegion> Regions => _regions.AsSpan(0, _count);

    /// <summary>The score down to which a frame must be searched.</summary>
    /// <param name="threshold">From which a face counts: whatever has a box is hidden too.</param>
    public static float SearchThreshold(float threshold) => MathF.Min(Threshold, threshold);

    /// <summary>Takes in what was found in the newest frame.</summary>
    /// <param name="found">Strongest first, down to <see cref="SearchThreshold"/>.</param>
    /// <param name="complete">False when the frame holds more than could be reported.</param>
    /// <param name="at">When the frame was taken, on a clock that does not jump.</param>
    /// <param name="width">Of the frame.</param>
    /// <param name="height">Of the frame.</param>
    public void Update(ReadOnlySpan<Face> found, bool complete, TimeSpan at, int width, int height)
    {
        _tracker.Update(found, threshold: 0, at, width, height);
        Everything = !complete || _tracker.Tracks.Length == _regions.Length;
        _count = 0;
        foreach (ref readonly var track in _tracker.Tracks)
        {
            _regions[_count++] = track.LastFound == at
                ? HiddenRegion.Around(track.Found.Box)
                : HiddenRegion.Around(track.Found.Box, track.Course, (float)(at - track.LastFound).TotalSeconds);
        }
    }
}
