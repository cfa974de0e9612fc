namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>A clock that stands; its timers are the system's.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
