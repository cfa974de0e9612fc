using System.Globalization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Statistics;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>
/// Judges an image by the series of the sites that have it. First enough of them must report it, now and as long ago as they are to be observed: until
/// then nothing is judged, so that a wave is judged once. Then every check looks at that time.
/// </summary>
internal sealed class TelemetryEvaluator(TelemetryReader telemetry)
{
    private const int MaxNamed = 3;

    /// <summary>The verdict on an image, by what a gate asks for.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<TelemetryVerdict> EvaluateAsync(TelemetryGate gate, TelemetryContext context, CancellationToken cancellation)
    {
        if (context.Updated.Count == 0)
        {
            return new TelemetryVerdict(GateVerdict.Pass, "no site has the image yet");
        }

        var reporting = await ReportingAsync(context, context.Now, cancellation);
        var needed = (int)Math.Ceiling(context.Updated.Count * gate.ReportingPercent / 100.0);
        if (reporting.Count < needed)
        {
            return new TelemetryVerdict(GateVerdict.Inconclusive, $"{reporting.Count} of {context.Updated.Count} sites report it, {needed} needed; not {Names(context.Updated.Except(reporting))}");
        }

        var before = await ReportingAsync(context, context.Now - gate.Observe, cancellation);
        var observed = reporting.Where(before.Contains).ToList();
        var time = Text(gate.Observe);
        if (observed.Count < needed)
        {
            return new TelemetryVerdict(GateVerdict.Inconclusive, $"{observed.Count} of {context.Updated.Count} sites have reported it for {time}, {needed} needed");
        }

        var results = await CheckAsync(gate, context, observed, cancellation);
        var verdict = results.Any(one => one.Verdict == GateVerdict.Fail) ? GateVerdict.Fail
            : results.Any(one => one.Verdict == GateVerdict.Inconclusive) ? GateVerdict.Inconclusive
            : GateVerdict.Pass;
        var reasons = verdict == GateVerdict.Pass ? results : results.Where(one => one.Verdict == verdict);
        return new TelemetryVerdict(
            verdict, string.Join("; ", reasons.Select(one => one.Summary).Prepend($"{observed.Count} of {context.Updated.Count} sites have reported it for {time}")));
    }

    /// <summary>Sites that have said in time that they run the image, on any of their pods: one that crashes again and again reports it too.</summary>
    private async Task<HashSet<string>> ReportingAsync(TelemetryContext context, DateTimeOffset at, CancellationToken cancellation)
    {
        var scope = SiteScope.Of(context.Environment, context.Updated);
        var image = new SiteScope($"{scope.Matchers}, image=~{PromQl.Quote($".+@{context.Digest}")}");
        return [.. (await telemetry.SightingsAsync(image, at, context.SilentAfter, cancellation)).Keys.Select(key => key.Site)];
    }

    private async Task<IReadOnlyList<TelemetryVerdict>> CheckAsync(
        TelemetryGate gate, TelemetryContext context, List<string> observed, CancellationToken cancellation)
    {
        var scope = SiteScope.Of(context.Environment, observed);
        var queries = Task.WhenAll(gate.Checks.OfType<QueryCheck>().Select(check => QueryAsync(check, scope, gate.Observe, context.Now, cancellation)));
        var canaries = Task.WhenAll(gate.Checks.OfType<CanaryCheck>().Select(check => CompareAsync(check, gate, context, observed, cancellation)));
        return [.. await queries, .. Judge(await canaries, gate.Error)];
    }

    /// <summary>Every value of the query must keep to the bounds.</summary>
    private async Task<TelemetryVerdict> QueryAsync(QueryCheck check, SiteScope scope, TimeSpan observe, DateTimeOffset now, CancellationToken cancellation)
    {
        var query = check.Query
            .Replace(QueryCheck.Sites, scope.Matchers, StringComparison.Ordinal)
            .Replace(QueryCheck.Observe, PromQl.Duration(observe), StringComparison.Ordinal);
        var samples = await telemetry.QueryAsync(query, now, cancellation);
        if (samples.Count == 0 || samples.Any(sample => double.IsNaN(sample.Value)))
        {
            return new TelemetryVerdict(GateVerdict.Inconclusive, $"{check.Name} has no value");
        }

        if (samples.FirstOrDefault(sample => sample.Value > check.AtMost || sample.Value < check.AtLeast) is { } beyond)
        {
            var bound = beyond.Value > check.AtMost ? $"at most {Text(check.AtMost.Value)}" : $"at least {Text(check.AtLeast!.Value)}";
            var where = beyond[SiteKey.SiteLabel] is { Length: > 0 } site ? $" at {site}" : "";
            return new TelemetryVerdict(GateVerdict.Fail, $"{check.Name} is {Text(beyond.Value)}{where}, {bound} is allowed");
        }

        return new TelemetryVerdict(GateVerdict.Pass, $"{check.Name} {(samples is [var one] ? Text(one.Value) : "keeps its bound")}");
    }

    private async Task<CanaryComparison> CompareAsync(
        CanaryCheck check, TelemetryGate gate, TelemetryContext context, List<string> observed, CancellationToken cancellation)
    {
        var scope = SiteScope.Of(context.Environment, observed.Concat(context.Others));
        var query = check.Measure switch
        {
            CanaryMeasure.Latency => SiteQueries.MeanLatency(scope, gate.Observe),
            CanaryMeasure.Camera => SiteQueries.CameraLive(scope, gate.Observe),
            CanaryMeasure.Restarts => SiteQueries.Restarts(scope, gate.Observe),
            _ => SiteQueries.FacesPerMinute(scope, gate.Observe),
        };
        var (now, past) = (telemetry.FiguresAsync(query, context.Now, cancellation), telemetry.FiguresAsync(query, context.Before, cancellation));
        return CanaryComparison.Of(check, BySite(await now), BySite(await past), observed, context.Others);
    }

    /// <summary>Holm's adjustment over those that could show something; the others rest on the named checks.</summary>
    private static IEnumerable<TelemetryVerdict> Judge(CanaryComparison[] comparisons, double error)
    {
        var able = comparisons.Where(one => one.LeastPValue * comparisons.Length < error).ToList();
        foreach (var one in comparisons.Except(able))
        {
            yield return new TelemetryVerdict(GateVerdict.Pass, $"{one.Check.Name} not compared: {one.Updated.Count} against {one.Others.Count} sites are too few");
        }

        foreach (var (one, p) in able.Zip(HolmAdjustment.Adjust([.. able.Select(one => one.PValue())])))
        {
            yield return one.Judge(p, error);
        }
    }

    private static Dictionary<string, double> BySite(Dictionary<SiteKey, double> figures) =>
        figures.ToDictionary(one => one.Key.Site, one => one.Value, StringComparer.Ordinal);

    private static string Names(IEnumerable<string> sites) => Quantity.List([.. sites.Order(StringComparer.Ordinal)], MaxNamed);

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan span) => span.TotalMinutes >= 1 && span.Seconds == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s");
}

/// <summary>An image in an environment as its telemetry gate sees it.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Digest">Of the image.</param>
/// <param name="Updated">Sites that Git gave the image.</param>
/// <param name="Others">Sites that Git has not given it yet.</param>
/// <param name="Before">A moment when no site had it.</param>
/// <param name="Now">The moment of the evaluation.</param>
/// <param name="SilentAfter">A site without a sample for this long reports nothing.</param>
internal sealed record TelemetryContext(
    string Environment,
    string Digest,
    IReadOnlyList<string> Updated,
    IReadOnlyList<string> Others,
    DateTimeOffset Before,
    DateTimeOffset Now,
    TimeSpan SilentAfter);

/// <summary>What telemetry says: by one check, or of an image by all of them.</summary>
/// <param name="Verdict">Of an image: fail if a check failed; inconclusive if it is too early or something is not known; else pass.</param>
/// <param name="Summary">Why, in one line; of a check with its name.</param>
internal sealed record TelemetryVerdict(GateVerdict Verdict, string Summary);
