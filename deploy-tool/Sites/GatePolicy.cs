namespace FaceEdge.Deploy.Sites;

/// <summary>The gates in front of an environment. A gate that is null is not asked for.</summary>
/// <param name="Latency">Evidence that the image is not slower than the one before it.</param>
/// <param name="Accuracy">Evidence that the image finds the faces it should.</param>
/// <param name="SiteCheck">Evidence that the sites of the environment before this one run the image and answer.</param>
/// <param name="Telemetry">What the telemetry of the environment before this one must show.</param>
/// <param name="Soak">How long the environment before this one must have had the image.</param>
/// <param name="Approvals">Who must have agreed.</param>
/// <param name="Signature">Which key must have signed the image's index.</param>
/// <param name="Freezes">When nothing is promoted here but by an override that is recorded.</param>
internal sealed record GatePolicy(
    EvidenceGate? Latency,
    EvidenceGate? Accuracy,
    EvidenceGate? SiteCheck,
    TelemetryGate? Telemetry,
    TimeSpan? Soak,
    ApprovalGate? Approvals,
    SignatureGate? Signature,
    IReadOnlyList<FreezeWindow> Freezes)
{
    public static GatePolicy None { get; } = new(null, null, null, null, null, null, null, []);
}

/// <summary>A gate that takes an evidence file about the image.</summary>
/// <param name="MaximumAge">How old the evidence may be; null for any age.</param>
internal sealed record EvidenceGate(TimeSpan? MaximumAge);

/// <summary>A gate that takes people's approvals.</summary>
/// <param name="Count">How many different people must have approved, from 1.</param>
/// <param name="From">Who may approve (names or mail addresses); empty for anyone.</param>
internal sealed record ApprovalGate(int Count, IReadOnlyList<string> From);

/// <summary>A gate that takes a signature on the image's index digest.</summary>
/// <param name="PublicKey">PEM file of one or more public keys, relative to the sites folder; or the PEM text itself.</param>
internal sealed record SignatureGate(string PublicKey)
{
    private const string PemStart = "-----BEGIN ";

    /// <summary>Whether the policy holds the key itself.</summary>
    public bool IsInline => PublicKey.StartsWith(PemStart, StringComparison.Ordinal);
}

/// <summary>A time during which nothing is promoted into an environment.</summary>
/// <param name="Name">What people call it; it is named where a promotion is refused.</param>
internal abstract record FreezeWindow(string Name)
{
    /// <summary>The moment at which the freeze that holds <paramref name="now"/> ends; null when now is not frozen.</summary>
    public abstract DateTimeOffset? FrozenUntil(DateTimeOffset now);
}

/// <summary>A freeze from one moment to another, the end not included.</summary>
internal sealed record AbsoluteFreeze(string Name, DateTimeOffset From, DateTimeOffset To) : FreezeWindow(Name)
{
    public override DateTimeOffset? FrozenUntil(DateTimeOffset now) => now >= From && now < To ? To : null;
}

/// <summary>A freeze that comes back each week, in local time of a time zone; it may run over the end of the week.</summary>
internal sealed record WeeklyFreeze(string Name, WeekTime From, WeekTime To, TimeZoneInfo Zone) : FreezeWindow(Name)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public override DateTimeOffset? FrozenUntil(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var sinceStart = Wrap(new WeekTime(local.DayOfWeek, local.TimeOfDay).SinceSunday - From.SinceSunday);
        var length = Wrap(To.SinceSunday - From.SinceSunday);
        if (sinceStart >= length)
        {
            return null;
        }

        var end = local.DateTime + (length - sinceStart);
        return new DateTimeOffset(end, Zone.GetUtcOffset(end));
    }

    private static TimeSpan Wrap(TimeSpan time) => time < TimeSpan.Zero ? time + Week : time;
}

/// <summary>A day of the week and a time of that day.</summary>
internal readonly record struct WeekTime(DayOfWeek Day, TimeSpan Time)
{
    public TimeSpan SinceSunday => TimeSpan.FromDays((int)Day) + Time;
}
