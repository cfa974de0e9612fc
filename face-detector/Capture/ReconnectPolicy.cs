namespace FaceEdge.Capture;

/// <summary>
/// Exponential backoff with "equal jitter" (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): half of each delay
/// is fixed, half is random, so that a switch coming back does not bring all its cameras' connections at once.
/// </summary>
internal sealed class ReconnectPolicy
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private readonly Random _random;
    private int _failures;

    public ReconnectPolicy(TimeSpan first, TimeSpan longest, Random random)
    {
        _first = first;
        _longest = longest;
        _random = random;
    }

    /// <summary>The wait before the next attempt: between half of and all of first × 2^failures, at most the longest.</summary>
    public TimeSpan NextDelay()
    {
        // 2^20 half-seconds is a week: far over any longest delay, far under what TimeSpan holds.
        var full = _first * (1L << Math.Min(_failures, 20));
        _failures++;
        if (full > _longest)
        {
            full = _longest;
        }

        return (full / 2) + (full / 2 * _random.NextDouble());
    }

    /// <summary>The last connection held: the next failure starts from the first delay again.</summary>
    public void Reset() => _failures = 0;
}
