using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Forges;

/// <summary>Repeats a request a few times where the host is away or asks to wait, and no longer than a person would wait.</summary>
internal sealed class Retries(TimeProvider time)
{
    /// <summary>A host that asks for more, as an hourly limit does, is reported to the operator instead.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly Backoff Backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8), Attempts: 4);

    public async Task<T> RunAsync<T>(Func<Task<T>> request, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await request();
            }
            catch (ForgeException exception) when (exception.IsUnavailable && attempt < Backoff.Attempts - 1 && !(exception.RetryAfter > LongestWait))
            {
                await Task.Delay(Backoff.DelayAfter(attempt, exception.RetryAfter, Random.Shared), time, cancellation);
            }
        }
    }
}
