using System.Text.Json.Serialization;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>
/// What a gate found, in the form that a promotion takes and records. A gate's own report derives from it and adds what else it knows;
/// whoever reads evidence ignores that.
/// </summary>
/// <param name="Kind">One of <see cref="GateKind"/>.</param>
/// <param name="Subject">What was judged.</param>
/// <param name="Verdict">What the gate says.</param>
/// <param name="Summary">One line for a person, without a line break.</param>
/// <param name="Numbers">The figures behind the verdict by name, such as <c>detect/median ratio</c>.</param>
/// <param name="MeasuredAt">When the gate decided.</param>
/// <param name="Machine">CPU model, operating system and runtime; null when they have no bearing.</param>
public record GateEvidence(
    string Kind,
    GateSubject Subject,
    GateVerdict Verdict,
    string Summary,
    IReadOnlyDictionary<string, double> Numbers,
    DateTimeOffset MeasuredAt,
    string? Machine = null);

/// <summary>What a gate judged. At least one of the two is given, and evidence counts only for what it names.</summary>
/// <param name="Commit">Full hash of the source that was built.</param>
/// <param name="Image">Image reference or bare digest, <c>sha256:…</c>, when an image was judged rather than a source tree.</param>
public sealed record GateSubject(string? Commit = null, string? Image = null);

/// <summary>The kinds of gate that an environment may ask for.</summary>
public static class GateKind
{
    /// <summary><c>deploy-tool gate</c>: no slower than what the environment runs now.</summary>
    public const string Latency = "latency";

    /// <summary><c>face-detector eval</c>: finds no fewer faces than before.</summary>
    public const string Accuracy = "accuracy";

    /// <summary><c>deploy-tool check-site</c>: a site runs the image, answers, and detects within its service level.</summary>
    public const string SiteCheck = "site-check";
}

/// <summary>What a gate says about a release candidate.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GateVerdict>))]
public enum GateVerdict
{
    /// <summary>Shown to be good enough: nothing stands in the way.</summary>
    Pass,

    /// <summary>Shown to be worse than allowed.</summary>
    Fail,

    /// <summary>Neither could be shown; measuring again, or on a quieter machine, may decide.</summary>
    Inconclusive,
}
