using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Gates.Latency;

/// <summary>What of a latency distribution is compared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Metric>))]
internal enum Metric
{
    Median,

    /// <summary>The 95th percentile of the raw samples: no outlier is dropped.</summary>
    P95,
}
