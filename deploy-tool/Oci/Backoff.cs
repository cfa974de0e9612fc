namespace FaceEdge.Deploy.Oci;

/// <summary>
/// Exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015): the wait is uniform in
/// (0, min(cap, first × 2^attempt)).
/// </summary>
internal sealed record Backoff(TimeSpan First, TimeSpan Cap, int Attempts)
{
    /// <summary>Waits after attempt number <paramref name="attempt"/> (from 0), or as long as the server asked for.</summary>
    public TimeSpan DelayAfter(int attempt, TimeSpan? asked, Random random)
    {
        if (asked is { } wait)
        {
            return wait;
        }

        var ceiling = Math.Min(Cap.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt));
        return TimeSpan.FromMilliseconds(1 + (random.NextDouble() * ceiling));
    }
}
