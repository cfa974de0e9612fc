namespace FaceEdge.Deploy.Prometheus;

/// <summary>One element of an instant query's answer.</summary>
/// <param name="Labels">By name; empty for a scalar.</param>
/// <param name="Value">May be NaN or infinite.</param>
public sealed record Sample(IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The value of a label; empty when it is absent, which to Prometheus is the same.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}

/// <summary>One element of a range query's answer: its points by time, oldest first.</summary>
public sealed record Series(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<SeriesPoint> Points)
{
    /// <summary>The value of a label; empty when it is absent, which to Prometheus is the same.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}

/// <summary>A value at a moment.</summary>
public readonly record struct SeriesPoint(DateTimeOffset At, double Value);
