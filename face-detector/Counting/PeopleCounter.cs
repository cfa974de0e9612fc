using FaceEdge.Streaming;

namespace FaceEdge.Counting;

/// <summary>Counts what one camera's pipeline observes. Runs in its loop; keeps no frame, no box and no number of a face.</summary>
internal sealed class PeopleCounter
{
    /// <summary>Without a new frame, people count as in view for no longer than this.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(5);

    private readonly Action<int> _passed;
    private DateTimeOffset _at = DateTimeOffset.MaxValue;
    private int _inView;

    /// <param name="camera">Its name.</param>
    /// <param name="passed">Told how many came into view, when somebody did.</param>
    public PeopleCounter(string camera, Action<int> passed)
    {
        Camera = camera;
        _passed = passed;
    }

    public string Camera { get; }

    public CountHistory History { get; } = new();

    public void Observe(FaceObservation observed)
    {
        // A clock that was set back, or jumped ahead, makes no time pass.
        var gap = observed.At - _at;
        var seconds = gap > TimeSpan.Zero && gap <= LongestGap ? (float)gap.TotalSeconds : 0;
        History.Add(observed.At, new MinuteCount(observed.NewTracks, observed.InView, _inView * seconds, seconds));
        (_at, _inView) = (observed.At, observed.InView);
        if (observed.NewTracks > 0)
        {
            _passed(observed.NewTracks);
        }
    }
}
