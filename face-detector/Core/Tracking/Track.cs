using System.Numerics;
using FaceEdge.Detection;

namespace FaceEdge.Tracking;

/// <summary>One face from frame to frame, as long as it is remembered.</summary>
internal struct Track
{
    private readonly TimeSpan _firstFound;
    private BoxMotion _motion;

    public Track(in Face found, TimeSpan at)
    {
        Found = found;
        _motion = new BoxMotion(found.Box);
        _firstFound = LastFound = LastStrong = at;
        StrongTimes = 1;
    }

    /// <summary>The face as it was found last.</summary>
    public Face Found { get; private set; }

    /// <summary>When it was found last.</summary>
    public TimeSpan LastFound { get; private set; }

    /// <summary>Counts confirmed tracks from 1; 0 until the track is confirmed.</summary>
    public int Number { get; set; }

    /// <summary>Pixels a second at which it moved when it was found last.</summary>
    public Vector2 Course { get; private set; }

    /// <summary>Where the face is by now, its jitter smoothed out.</summary>
    public readonly Box Box => _motion.Box;

    /// <summary>The face where it is by now: its landmarks go with its box.</summary>
    public readonly Face Face
    {
        get
        {
            var box = Box;
            var scale = new Vector2(box.Width / MathF.Max(1, Found.Box.Width), box.Height / MathF.Max(1, Found.Box.Height));
            var landmarks = Found.Landmarks;
            for (var i = 0; i < Landmarks.Count; i++)
            {
                landmarks[i] = box.Centre + ((landmarks[i] - Found.Box.Centre) * scale);
            }

            return new Face(box, Found.Score, landmarks, Number);
        }
    }

    /// <summary>How long the face has been followed.</summary>
    public readonly TimeSpan Age => LastFound - _firstFound;

    /// <summary>How often its score reached the threshold.</summary>
    public int StrongTimes { get; private set; }

    /// <summary>When its score last reached the threshold.</summary>
    public TimeSpan LastStrong { get; private set; }

    /// <summary>Frames since it was found, the newest among them.</summary>
    public int Misses { get; private set; }

    /// <summary>Goes on to the next frame, in which the face is not found until <see cref="Take"/> says so.</summary>
    /// <param name="seconds">Since the frame before.</param>
    public void Advance(float seconds)
    {
        _motion.Advance(seconds, seen: Misses == 0);
        Misses++;
    }

    /// <summary>The face was found in this frame.</summary>
    public void Take(in Face found, TimeSpan at, bool strong)
    {
        _motion.Correct(found.Box, (float)(at - LastFound).TotalSeconds);
        Course = _motion.Velocity;
        Found = found;
        LastFound = at;
        Misses = 0;
        if (strong)
        {
            LastStrong = at;
            StrongTimes++;
        }
    }

    /// <summary>Its score counts as never having reached the threshold of now.</summary>
    public void Weaken() => LastStrong = TimeSpan.MinValue;
}
