using FaceEdge.Detection;

namespace FaceEdge.Tracking;

/// <summary>
/// Follows faces from frame to frame by where they are and how they move, as ByteTrack does (Zhang et al., ECCV 2022): faces that reach the threshold
/// are matched first and begin tracks, weaker ones only continue them. Nothing is known of what a face looks like: who leaves and comes back is new.
/// </summary>
/// <remarks>Allocates nothing after it was made. Not thread-safe: one per camera.</remarks>
internal sealed class FaceTracker
{
    /// <summary>A face is followed down to this share of the threshold.</summary>
    private const float WeakShare = 0.5f;

    /// <summary>A track is confirmed when it has lasted so long, and reached the threshold more than once: what a detector mistakes for a face seldom does.</summary>
    public static readonly TimeSpan ConfirmedAfter = TimeSpan.FromSeconds(0.25);


    /// <summary>
    /// A face hidden behind something for no longer keeps its number; after that, nothing is kept of it. At the longest, two frames in a row are missed by a
    /// service that has time for one every other second.
    /// </summary>
    private static readonly TrackMemory Memory = new(TimeSpan.FromSeconds(1), Misses: 2, Longest: TimeSpan.FromSeconds(6));

    /// <summary>A confirmed face that is missed for no longer stays visible, moved along its course.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(0.3);

    /// <summary>A weak face continues a track that was missed for no longer.</summary>
    private static readonly TrackMemory WeakMemory = Memory with { Time = HeldFor };

    /// <summary>A face that reached the threshold within this time stays visible while it is weaker, so that it does not flicker.</summary>
    public static readonly TimeSpan StrongFor = TimeSpan.FromSeconds(1);

    /// <summary>A face of the same size may lie 1.18 of its width from where it was expected.</summary>
    private const float Margin = 0.25f;

    /// <summary>Where the frame before is long ago, a person may have moved anywhere nearby: each second widens the boxes by so much more.</summary>
    private const float MarginPerSecond = 1;

    /// <summary>A face of the same size may then lie 3.9 of its width from where it was expected.</summary>
    private const float LargestMargin = 2;

    /// <summary>A track that is not found and overlaps a found one by more than this counts as the same face and is not shown.</summary>
    private const float SameFaceOverlap = 0.3f;

    private static readonly Comparison<Face> StrongestFirst = static (one, other) => other.Score.CompareTo(one.Score);

    private readonly Track[] _tracks;
    private readonly TrackMatcher _matcher;
    private readonly TrackRetention _retention;
    private int _count;
    private TimeSpan _at = TimeSpan.MinValue;
    private float _threshold;
    private int _width;
    private int _height;

    /// <param name="capacity">The most faces of a frame.</param>
    public FaceTracker(int capacity)
        : this(capacity, new TrackRetention(Memory, new TrackMemory(HeldFor, 0, HeldFor), BeyondEdge: false))
    {
    }

    /// <param name="capacity">The most faces of a frame.</param>
    /// <param name="retention">How long a face that is not found is remembered.</param>
    public FaceTracker(int capacity, TrackRetention retention)
    {
        _tracks = new Track[capacity];
        _matcher = new TrackMatcher(capacity);
        _retention = retention;
    }

    /// <summary>Tracks that were confirmed since the start: so many people came into view. It is also the number of the newest one.</summary>
    public int Confirmed { get; private set; }

    /// <summary>All faces that are remembered, found in the newest frame or not.</summary>
    public ReadOnlySpan<Track> Tracks => _tracks.AsSpan(0, _count);

    /// <summary>The score from which a detector should report faces to a tracker.</summary>
    /// <param name="threshold">From which a face counts.</param>
    public static float WeakThreshold(float threshold) => WeakShare * threshold;

    /// <summary>Takes in what was found in the next frame.</summary>
    /// <param name="found">Strongest first, down to <see cref="WeakThreshold"/>; at most as many as the capacity.</param>
    /// <param name="threshold">The score from which a face counts.</param>
    /// <param name="at">When the frame was taken, on a clock that does not jump.</param>
    /// <param name="width">Of the frame. Frames of another size are another view, and everything is forgotten.</param>
    /// <param name="height">Of the frame.</param>
    public void Update(ReadOnlySpan<Face> found, float threshold, TimeSpan at, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(found.Length, _tracks.Length);
        if ((width, height) != (_width, _height) || at <= _at)
        {
            Clear();
            (_width, _height) = (width, height);
        }

        var before = _at;
        _at = at;
        Forget(before);

        // The first frame comes after none.
        var seconds = _count == 0 ? 0 : (float)(at - before).TotalSeconds;
        Advance(seconds);
        HideBelow(threshold);
        var strong = CountStrong(found, threshold);
        var tracks = _tracks.AsSpan(0, _count);
        _matcher.Begin(found.Length);
        _matcher.Match(tracks, found, at, new MatchPass(0, strong, TrackMemory.Endless, Strong: true, Margin));
        _matcher.Match(tracks, found, at, new MatchPass(strong, found.Length, WeakMemory, Strong: false, Margin));
        _matcher.Match(tracks, found, at, new MatchPass(0, strong, TrackMemory.Endless, Strong: true, FartherMargin(seconds)));
        Forget(at);
        for (var i = 0; i < strong; i++)
        {
            if (!_matcher.IsTaken(i))
            {
                Add(found[i]);
            }
        }

        Confirm();
    }

    /// <summary>Copies the faces to show, strongest first, where they are by now; whoever is confirmed has a number.</summary>
    /// <param name="faces">Receives them; when it is full the others are left out.</param>
    /// <returns>How many.</returns>
    public int CopyShown(Span<Face> faces)
    {
        var shown = 0;
        for (var i = 0; i < _count && shown < faces.Length; i++)
        {
            if (IsShown(_tracks[i]))
            {
                faces[shown++] = _tracks[i].Face;
            }
        }

        faces[..shown].Sort(StrongestFirst);
        return shown;
    }

    /// <summary>Forgets everybody, as when the camera is lost. Numbers go on.</summary>
    public void Clear()
    {
        _count = 0;
        _at = TimeSpan.MinValue;
    }

    private static int CountStrong(ReadOnlySpan<Face> found, float threshold)
    {
        var strong = 0;
        while (strong < found.Length && found[strong].Score >= threshold)
        {
            strong++;
        }

        return strong;
    }

    private static float FartherMargin(float seconds) => MathF.Min(Margin + (MarginPerSecond * seconds), LargestMargin);

    private void Advance(float seconds)
    {
        foreach (ref var track in _tracks.AsSpan(0, _count))
        {
            track.Advance(seconds);
        }
    }

    /// <summary>Whoever raises the threshold expects weaker faces to go at once.</summary>
    private void HideBelow(float threshold)
    {
        if (threshold > _threshold)
        {
            foreach (ref var track in _tracks.AsSpan(0, _count))
            {
                if (track.Found.Score < threshold)
                {
                    track.Weaken();
                }
            }
        }

        _threshold = threshold;
    }

    /// <summary>Lets tracks go that were not found for too long, or have left the frame.</summary>
    /// <param name="newest">The newest frame that was searched: whoever was found there stays.</param>
    private void Forget(TimeSpan newest)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            ref readonly var track = ref _tracks[i];
            var memory = track.Number > 0 ? _retention.Confirmed : _retention.Unconfirmed;
            if (track.LastFound != newest && (!memory.Holds(_at - track.LastFound, track.Misses) || (!_retention.BeyondEdge && !IsInFrame(track.Box))))
            {
                _tracks[i] = _tracks[--_count];
            }
        }
    }

    private bool IsInFrame(in Box box) => box.Centre is var centre && centre.X >= 0 && centre.Y >= 0 && centre.X < _width && centre.Y < _height;

    /// <summary>Begins a track; where there is no room, in place of the one that was not found for longest.</summary>
    private void Add(in Face face)
    {
        var place = _count;
        if (_count < _tracks.Length)
        {
            _count++;
        }
        else
        {
            place = 0;
            for (var i = 1; i < _count; i++)
            {
                place = _tracks[i].LastFound < _tracks[place].LastFound ? i : place;
            }
        }

        _tracks[place] = new Track(face, _at);
    }

    private void Confirm()
    {
        foreach (ref var track in _tracks.AsSpan(0, _count))
        {
            if (track.Number == 0 && track.StrongTimes > 1 && track.Age >= ConfirmedAfter)
            {
                track.Number = ++Confirmed;
            }
        }
    }

    private bool IsShown(in Track track)
    {
        if (track.LastStrong < _at - StrongFor)
        {
            return false;
        }

        return track.LastFound == _at
            || (track.Number > 0 && _at - track.LastFound <= HeldFor && !IsFoundAgain(track.Box));
    }

    private bool IsFoundAgain(in Box box)
    {
        foreach (ref readonly var other in Tracks)
        {
            if (other.LastFound == _at && other.Box.IntersectionOverUnion(box) > SameFaceOverlap)
            {
                return true;
            }
        }

        return false;
    }
}
