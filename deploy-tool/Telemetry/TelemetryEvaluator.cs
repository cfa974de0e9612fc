using System.Globalization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Statistics;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>
/// Judges an image by the series of the sites that have it. First enough of them must report it, now and as long ago as they are to be observed: until
/// then nothing is looked at, so that a wave is looked at once. Then every check looks at that time.
/// </summary>
internal sealed class TelemetryEvaluator(TelemetryReader telemetry)
{
    private const int MaxNamed = 3;

    /// <summary>The verdict on a question, by what a gate asks for.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<TelemetryVerdict> EvaluateAsync(TelemetryGate gate, TelemetryQuestion question, CancellationToken cancellation)
    {
        if (question.Updated.Count == 0)
        {
            return new TelemetryVerdict(GateVerdict.Pass, "no site has the image yet");
        }

        var reporting = await ReportingAsync(question, question.Now, cancellation);
        var needed = (int)Math.Ceiling(question.Updated.Count * gate.ReportingPercent / 100.0);
        if (reporting.Count < needed)
        {
            return new TelemetryVerdict(GateVerdict.Inconclusive, $"{reporting.Count} of {question.Updated.Count} sites report it, {needed} needed; not {Names(question.Updated.Except(reporting))}");
        }

        var before = await ReportingAsync(question, question.Now - gate.Observe, cancellation);
        var observed = reporting.Where(before.Contains).ToList();
        var time = Text(gate.Observe);
        if (observed.Count < needed)
        {
            return new TelemetryVerdict(GateVerdict.Inconclusive, $"{observed.Count} of {question.Updated.Count} sites have reported it for {time}, {needed} needed");
        }

        var results = await CheckAsync(gate, question, observed, cancellation);
        var verdict = results.Any(one => one.Verdict == GateVerdict.Fail) ? GateVerdict.Fail
            : results.Any(one => one.Verdict == GateVerdict.Inconclusive) ? GateVerdict.Inconclusive
            : GateVerdict.Pass;
        var reasons = verdict == GateVerdict.Pass ? results : results.Where(one => one.Verdict == verdict);
        return new TelemetryVerdict(
            verdict, string.Join("; ", reasons.Select(one => one.Summary).Prepend($"{observed.Count} of {question.Updated.Count} sites have reported it for {time}")));
    }

    /// <summary>Sites that have said in time that they run the image, on any of their pods: one that crashes again and again reports it too.</summary>
    private async Task<HashSet<string>> ReportingAsync(TelemetryQuestion question, DateTimeOffset at, CancellationToken cancellation)
    {
        var scope = SiteScope.Of(question.Environment, question.Updated);
        var image = new SiteScope($"{scope.Matchers}, image=~{PromQl.Quote($".+@{question.Digest}")}");
        return [.. (await telemetry.SightingsAsync(image, at, question.SilentAfter, cancellation)).Keys.Select(key => key.Site)];
    }

    private async Task<IReadOnlyList<TelemetryVerdict>> CheckAsync(
        TelemetryGate gate, TelemetryQuestion question, List<string> observed, CancellationToken cancellation)
    {
        var scope = SiteScope.Of(question.Environment, observed);
        var queries = Task.WhenAll(gate.Checks.OfType<QueryCheck>().Select(check => QueryAsync(check, scope, gate.Observe, question.Now, cancellation)));
        var canaries = Task.WhenAll(gate.Checks.OfType<CanaryCheck>().Select(check => CompareAsync(check, gate, question, observed, cancellation)));
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
        CanaryCheck check, TelemetryGate gate, TelemetryQuestion question, List<string> observed, CancellationToken cancellation)
    {
        var scope = SiteScope.Of(question.Environment, observed.Concat(question.Others));
        var query = check.Measure switch
        {
            CanaryMeasure.Latency => SiteQueries.MeanLatency(scope, gate.Observe),
            CanaryMeasure.Camera => SiteQueries.CameraLive(scope, gate.Observe),
            CanaryMeasure.Restarts => SiteQueries.Restarts(scope, gate.Observe),
            _ => SiteQueries.FacesPerMinute(scope, gate.Observe),
        };
        var (now, past) = (telemetry.FiguresAsync(query, question.Now, cancellation), telemetry.FiguresAsync(query, question.Before, cancellation));
        return CanaryComparison.Of(check, BySite(await now), BySite(await past), observed, question.Others);
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

/// <summary>What telemetry says: by one check, or of an image by all of them.</summary>
/// <param name="Verdict">Of an image: fail if a check failed; inconclusive if it is too early or something is not known; else pass.</param>
/// <param name="Summary">Why, in one line; of a check with its name.</param>
internal sealed record TelemetryVerdict(GateVerdict Verdict, string Summary);
