using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>What of a latency distribution is compared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Metric>))]
public enum Metric
{
    /// <summary>
    /// Median of the processor time that the whole process used for an operation. A neighbour's load hardly moves it, so that it decides
    /// on a machine too busy for the clock on the wall; it does not see waiting.
    /// </summary>
    Cpu,

    /// <summary>Median of the time an operation took, less what it waited for a processor where all sides could tell.</summary>
    Median,

    /// <summary>The 95th percentile of the same samples: no outlier is dropped.</summary>
    P95,
}
