namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>What a gate judged. At least one of the two is given, and evidence counts only for what it names.</summary>
/// <param name="Commit">Full hash of the source that was built.</param>
/// <param name="Image">Image reference or bare digest, <c>sha256:…</c>, when an image was judged rather than a source tree.</param>
public sealed record GateSubject(string? Commit = null, string? Image = null);
