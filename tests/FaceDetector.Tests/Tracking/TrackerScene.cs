using FaceEdge.Detection;
using FaceEdge.Tracking;

namespace FaceEdge.Tests.Tracking;

/// <summary>A tracker of 1280x720 frames at 30 frames/s that a test shows faces to.</summary>
internal sealed class TrackerScene
{
    public const double FramesPerSecond = 30;
    public const float Threshold = 0.6f;
    public const int Width = 1280;
    public const int Height = 720;

    private readonly Face[] _shown = new Face[64];
    private int _frames;

    public FaceTracker Tracker { get; } = new(64);

    /// <summary>Shows the tracker the next frame.</summary>
    /// <returns>What the tracker shows.</returns>
    public Face[] Next(params Face[] found) => Next(Threshold, found);

    public Face[] Next(float threshold, params Face[] found)
    {
        Array.Sort(found, (one, other) => other.Score.CompareTo(one.Score));
        Tracker.Update(found, threshold, TimeSpan.FromSeconds(++_frames / FramesPerSecond), Width, Height);
        return _shown[..Tracker.CopyShown(_shown)];
    }

    /// <summary>Shows the same frame for so long.</summary>
    public Face[] Stay(double seconds, params Face[] found)
    {
        Face[] shown = [];
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            shown = Next(found);
        }

        return shown;
    }

    public static Face At(float x, float y, float side = 100, float score = 0.9f)
    {
        var landmarks = new Landmarks();
        for (var i = 0; i < Landmarks.Count; i++)
        {
            landmarks[i] = new(x + (side * i / Landmarks.Count), y + (side / 2));
        }

        return new Face(new Box(x, y, side, side), score, landmarks);
    }
}
