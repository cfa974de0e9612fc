using System.Numerics;

namespace FaceEdge.Demo;

/// <summary>How one person moves about a place: slow sways of unlike periods, a blink now and then, a few words.</summary>
internal sealed class Motion
{
    private const float BlinkSeconds = 0.18f;
    private const float BlinkEverySeconds = 3.7f;
    private const float SpeechEverySeconds = 11;

    private readonly Vector2 _place;
    private readonly Vector2 _reach;
    private readonly float _faceHeight;
    private readonly int _seed;
    private readonly Sway _aside;
    private readonly Sway _upright;
    private readonly Sway _yaw;
    private readonly Sway _pitch;
    private readonly Sway _roll;
    private readonly Sway _smile;

    /// <param name="place">Pixels: where the face is on average.</param>
    /// <param name="reach">Pixels to either side and up and down.</param>
    /// <param name="faceHeight">Pixels from hairline to chin.</param>
    /// <param name="seed">The scene's seed and this person's number in it.</param>
    /// <param name="person">This person's number in the scene.</param>
    public Motion(Vector2 place, Vector2 reach, float faceHeight, int seed, int person)
    {
        var random = SeededRandom.For(seed, 1_000 + person);
        _place = place;
        _reach = reach;
        _faceHeight = faceHeight;
        _seed = unchecked((seed * 7919) + person);
        _aside = new Sway(ref random, 13, 21);
        _upright = new Sway(ref random, 4, 7);
        _yaw = new Sway(ref random, 7, 12);
        _pitch = new Sway(ref random, 6, 10);
        _roll = new Sway(ref random, 8, 13);
        _smile = new Sway(ref random, 9, 16);
    }

    public Pose At(double seconds)
    {
        var centre = _place + new Vector2(_reach.X * _aside.At(seconds), _reach.Y * _upright.At(seconds));
        var yaw = 0.36f * _yaw.At(seconds);
        return new Pose(centre, _faceHeight, yaw, 0.1f * _pitch.At(seconds), 0.15f * _roll.At(seconds))
        {
            EyesOpen = EyesOpen(seconds),
            Gaze = Math.Clamp(yaw * 2.2f, -1, 1),
            Smile = Math.Clamp(0.6f + (0.5f * _smile.At(seconds)), 0.15f, 1),
            MouthOpen = MouthOpen(seconds),
            BrowRaise = Math.Clamp(0.3f - (0.7f * _pitch.At(seconds)), 0, 1),
        };
    }

    /// <summary>One blink in each span of time, at a moment that the span's number gives.</summary>
    private float EyesOpen(double seconds)
    {
        var span = (int)Math.Floor(seconds / BlinkEverySeconds);
        var random = SeededRandom.For(_seed, span);
        var since = seconds - (span * BlinkEverySeconds) - random.Between(0, BlinkEverySeconds - BlinkSeconds);
        var phase = (float)(since / BlinkSeconds);
        return phase is < 0 or > 1 ? 1 : MathF.Abs((2 * phase) - 1);
    }

    /// <summary>In some spans of time this person says a few syllables.</summary>
    private float MouthOpen(double seconds)
    {
        var span = (int)Math.Floor(seconds / SpeechEverySeconds);
        var random = SeededRandom.For(~_seed, span);
        if (!random.Chance(0.45f))
        {
            return 0;
        }

        var phase = (float)((seconds - (span * SpeechEverySeconds)) / SpeechEverySeconds);
        var envelope = MathF.Sin(MathF.PI * phase);
        return Math.Clamp(envelope * (0.32f + (0.4f * MathF.Sin((float)(seconds * 9.1)) * MathF.Sin((float)(seconds * 3.7)))), 0, 1);
    }
}
