using System.Numerics;
using FaceEdge.Detection;

namespace FaceEdge.Tracking;

/// <summary>
/// Where a box is and how fast it moves and grows: an alpha-beta filter (Benedict and Bordner, 1962), which follows steady motion without lag. Motion
/// beyond a detector's jitter is followed at once.
/// </summary>
internal struct BoxMotion
{
    /// <summary>How far back a box at rest is averaged: a detector's boxes jitter from one frame to the next.</summary>
    private const float SmoothingSeconds = 0.1f;

    /// <summary>A deviation of this share of the box's side is motion; jitter stays below .05.</summary>
    private const float MotionShare = 0.2f;

    /// <summary>How long a face that is not seen keeps its speed: people stop and turn.</summary>
    private const float CoastingSeconds = 0.3f;

    /// <summary>The speed of a moment ago says nothing about what comes after a longer pause.</summary>
    private const float LongestStep = 0.5f;

    /// <summary>Centre, width and height.</summary>
    private Vector4 _state;

    /// <summary>The change of each a second.</summary>
    private Vector4 _velocity;

    public BoxMotion(in Box box) => _state = StateOf(box);

    public readonly Box Box => new(_state.X - (_state.Z / 2), _state.Y - (_state.W / 2), _state.Z, _state.W);

    /// <summary>Pixels a second of the centre.</summary>
    public readonly Vector2 Velocity => new(_velocity.X, _velocity.Y);

    /// <summary>Moves the box on to where it should be by now.</summary>
    /// <param name="seconds">Since the frame before.</param>
    /// <param name="seen">Whether the face was found in that frame; else it slows down.</param>
    public void Advance(float seconds, bool seen)
    {
        if (!seen)
        {
            _velocity *= MathF.Exp(-seconds / CoastingSeconds);
        }

        _state += _velocity * MathF.Min(seconds, LongestStep);
        _state = Vector4.Max(_state, new Vector4(float.MinValue, float.MinValue, 1, 1));
    }

    /// <summary>Takes in where the box was found.</summary>
    /// <param name="box">Found in the frame that <see cref="Advance"/> moved on to.</param>
    /// <param name="seconds">Since the frame in which it was found before.</param>
    public void Correct(in Box box, float seconds)
    {
        var surprise = StateOf(box) - _state;
        var side = MathF.Max(1, (_state.Z + _state.W) / 2);
        var largest = Vector4.Abs(surprise) / side;
        var share = MathF.Max(MathF.Max(largest.X, largest.Y), MathF.Max(largest.Z, largest.W));
        var alpha = MathF.Max(1 - MathF.Exp(-seconds / SmoothingSeconds), MathF.Min(1, share / MotionShare));
        var beta = alpha * alpha / (2 - alpha);
        _state += alpha * surprise;
        if (seconds > 0)
        {
            _velocity += surprise * (beta / seconds);
        }
    }

    private static Vector4 StateOf(in Box box) => new(box.Centre, box.Width, box.Height);
}
