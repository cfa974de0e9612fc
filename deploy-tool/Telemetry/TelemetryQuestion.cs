using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>What telemetry is asked about an image in an environment.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Digest">Of the image.</param>
/// <param name="Updated">Sites that Git gave the image.</param>
/// <param name="Others">Sites that Git has not given it yet.</param>
/// <param name="Before">A moment when no site had it.</param>
/// <param name="Now">The moment of asking.</param>
/// <param name="SilentAfter">A site without a sample for this long reports nothing.</param>
internal sealed record TelemetryQuestion(
    string Environment,
    string Digest,
    IReadOnlyList<string> Updated,
    IReadOnlyList<string> Others,
    DateTimeOffset Before,
    DateTimeOffset Now,
    TimeSpan SilentAfter);

/// <summary>What telemetry says of an image.</summary>
/// <param name="Verdict">Fail if a check failed; inconclusive if it is too early or something is not known; else pass.</param>
/// <param name="Summary">Why, in one line.</param>
internal sealed record TelemetryVerdict(GateVerdict Verdict, string Summary);
