using System.Globalization;
using System.Text.Json;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Prometheus;

/// <summary>Reads the JSON of the query API; whatever is not as documented is null, never an exception.</summary>
internal static class PrometheusResponse
{
    /// <summary>What Prometheus writes before remarks on a query that was carried out in whole (promql/annotations).</summary>
    private const string Remark = "PromQL ";

    private const int MaxWords = 300;

    /// <summary>Why the query was not carried out, or only in part; null when it was.</summary>
    public static QueryFault? ReadFault(JsonElement json)
    {
        if (Text(json, "status") is "error")
        {
            var isOfTheQuery = Text(json, "errorType") is "bad_data" or "execution" or "bad_request";
            return new QueryFault(isOfTheQuery, Cut(Text(json, "error") ?? "no word of why"));
        }

        // Thanos and Mimir answer in part when a store of theirs is away, and say so here alone.
        return Member(json, "warnings") is { ValueKind: JsonValueKind.Array } warnings
            && warnings.EnumerateArray().Select(one => one.GetRawText().Trim('"')).FirstOrDefault(words => !words.StartsWith(Remark, StringComparison.Ordinal)) is { } warning
                ? new QueryFault(false, $"the answer is not whole: {Cut(warning)}")
                : null;
    }

    /// <summary>A vector, or a scalar as one sample without labels.</summary>
    public static IReadOnlyList<Sample>? ReadSamples(JsonElement json) => Result(json) switch
    {
        ("vector", { ValueKind: JsonValueKind.Array } vector) => All(vector, ReadSample),
        ("scalar", { } scalar) when Point(scalar) is { } point => [new Sample(new Dictionary<string, string>(), point.Value)],
        _ => null,
    };

    /// <summary>A matrix.</summary>
    public static IReadOnlyList<Series>? ReadSeries(JsonElement json) => Result(json) switch
    {
        ("matrix", { ValueKind: JsonValueKind.Array } matrix) => All(matrix, ReadOneSeries),
        _ => null,
    };

    private static (string? Type, JsonElement? Result) Result(JsonElement json) =>
        Text(json, "status") == "success" && Member(json, "data") is { } data ? (Text(data, "resultType"), Member(data, "result")) : (null, null);

    private static Sample? ReadSample(JsonElement element) =>
        Labels(element) is { } labels && Member(element, "value") is { } value && Point(value) is { } point ? new Sample(labels, point.Value) : null;

    private static Series? ReadOneSeries(JsonElement element)
    {
        if (Labels(element) is not { } labels || Member(element, "values") is not { ValueKind: JsonValueKind.Array } values)
        {
            return null;
        }

        var points = new List<SeriesPoint>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            if (Point(value) is not { } point)
            {
                return null;
            }

            points.Add(point);
        }

        return new Series(labels, points);
    }

    /// <summary><c>[seconds, "value"]</c>.</summary>
    private static SeriesPoint? Point(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
        && element[0].ValueKind == JsonValueKind.Number && element[0].TryGetDouble(out var seconds) && Math.Abs(seconds) < MaxSeconds
        && element[1].ValueKind == JsonValueKind.String && Number(element[1].GetString()!) is { } value
            ? new SeriesPoint(DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000)), value)
            : null;

    /// <summary>What DateTimeOffset holds, on the safe side.</summary>
    private const double MaxSeconds = 60_000_000_000;

    private static double? Number(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    private static Dictionary<string, string>? Labels(JsonElement element)
    {
        if (Member(element, "metric") is not { ValueKind: JsonValueKind.Object } metric)
        {
            return null;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in metric.EnumerateObject())
        {
            if (label.Value.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            labels[label.Name] = label.Value.GetString()!;
        }

        return labels;
    }

    private static List<T>? All<T>(JsonElement array, Func<JsonElement, T?> read)
        where T : class
    {
        var all = new List<T>(array.GetArrayLength());
        try
        {
            foreach (var element in array.EnumerateArray())
            {
                if (read(element) is not { } one)
                {
                    return null;
                }

                all.Add(one);
            }
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a name or a text.
            return null;
        }

        return all;
    }

    private static JsonElement? Member(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a name beside it.
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => JsonText.Of(element, name);

    private static string Cut(string words) => words.Length <= MaxWords ? words : words[..MaxWords] + "…";
}

/// <summary>Why a query gave no whole answer.</summary>
/// <param name="IsOfTheQuery">Whether the query itself is wrong, so that asking again gives the same.</param>
/// <param name="Words">In the words of the server.</param>
internal sealed record QueryFault(bool IsOfTheQuery, string Words);

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
