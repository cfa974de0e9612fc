using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Statistics;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>Waits until a site runs the image it is to run, and then tries it with a picture whose faces are known.</summary>
internal sealed class SiteChecker(SiteClient site, TimeProvider time, IProgress<string> progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    /// <summary>Requests before the timed ones: the first answers pay for code that is compiled and buffers that are rented.</summary>
    private const int WarmUps = 3;

    public async Task<SiteCheckResult> CheckAsync(SiteCheckPlan plan, CancellationToken cancellation)
    {
        var (info, fault) = await AwaitImageAsync(plan, cancellation);
        if (info is null)
        {
            return Report(plan, null, GateVerdict.Inconclusive, $"{plan.Site} did not answer within {plan.Timeout.TotalSeconds:0} s: {fault}", []);
        }

        if (!info.Runs(plan.Image))
        {
            return Report(plan, info, GateVerdict.Fail, $"{plan.Site} still runs {info.Describe()}, not {plan.Image.Tag}, after {plan.Timeout.TotalSeconds:0} s", []);
        }

        if (info.Environment is { Length: > 0 } said && said != plan.Environment)
        {
            return Report(plan, info, GateVerdict.Fail, $"the service at {site.Address} says that it is in {said}, not in {plan.Environment}", []);
        }

        return await TryAsync(plan, info, cancellation);
    }

    private async Task<(SiteInfo? Info, string Fault)> AwaitImageAsync(SiteCheckPlan plan, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        SiteInfo? last = null;
        while (true)
        {
            var (info, fault) = await site.InfoAsync(cancellation);
            last = info ?? last;
            if (info?.Runs(plan.Image) == true || time.GetElapsedTime(started) >= plan.Timeout)
            {
                return (info ?? last, fault);
            }

            progress.Report($"waiting for {plan.Image.Tag}: {(info is null ? fault : $"the site runs {info.Describe()}")}");
            await Task.Delay(PollInterval, time, cancellation);
        }
    }

    private async Task<SiteCheckResult> TryAsync(SiteCheckPlan plan, SiteInfo info, CancellationToken cancellation)
    {
        var times = new List<double>(plan.Requests);
        BoxMatch? worst = null;
        for (var i = -WarmUps; i < plan.Requests; i++)
        {
            var (boxes, elapsed, fault) = await site.DetectAsync(plan.Picture, cancellation);
            if (boxes is null)
            {
                return Report(plan, info, GateVerdict.Fail, $"detect failed: {fault}", []);
            }

            var match = BoxMatch.Of(plan.Picture.Faces, boxes);
            worst = worst is null || match.Missed + match.Extra > worst.Missed + worst.Extra ? match : worst;
            if (i >= 0)
            {
                times.Add(elapsed.TotalMilliseconds);
            }
        }

        return Judge(plan, info, worst!, times);
    }

    private SiteCheckResult Judge(SiteCheckPlan plan, SiteInfo info, BoxMatch match, List<double> times)
    {
        var p95 = Quantile.Of(times, 0.95);
        var numbers = new Dictionary<string, double>
        {
            ["requests"] = plan.Requests,
            ["detect/p50 ms"] = Math.Round(Quantile.Of(times, 0.5), 2),
            ["detect/p95 ms"] = Math.Round(p95, 2),
            ["detect/objective ms"] = plan.LatencyObjective.TotalMilliseconds,
            ["faces known"] = plan.Picture.Faces.Count,
            ["faces missed"] = match.Missed,
            ["faces extra"] = match.Extra,
            ["lowest overlap"] = Math.Round(match.LowestOverlap, 3),
        };
        if (!match.Fits)
        {
            return Report(
                plan, info, GateVerdict.Fail, $"of {plan.Picture.Faces.Count} known faces {match.Missed} were missed, and {match.Extra} boxes hold none", numbers);
        }

        return p95 <= plan.LatencyObjective.TotalMilliseconds
            ? Report(plan, info, GateVerdict.Pass, $"{plan.Site} runs {plan.Image.Tag}, all faces found, p95 {p95:0.#} ms", numbers)
            : Report(plan, info, GateVerdict.Fail, $"p95 is {p95:0.#} ms, at most {plan.LatencyObjective.TotalMilliseconds:0} ms are allowed", numbers);
    }

    private SiteCheckResult Report(SiteCheckPlan plan, SiteInfo? info, GateVerdict verdict, string summary, Dictionary<string, double> numbers) => new(
        GateKind.SiteCheck,
        new GateSubject(null, plan.Image.ToString()),
        verdict,
        summary,
        numbers,
        time.GetUtcNow(),
        plan.Environment,
        plan.Site,
        site.Address.ToString(),
        info);
}

/// <summary>What is asked of a site.</summary>
/// <param name="Environment">The environment that the site belongs to.</param>
/// <param name="Site">Name of the site.</param>
/// <param name="Image">The image that it is to run.</param>
/// <param name="Picture">The picture that is posted.</param>
/// <param name="Requests">How often it is posted, from 1.</param>
/// <param name="LatencyObjective">What 95 of 100 answers must not exceed.</param>
/// <param name="Timeout">How long the site may take to come up with the image.</param>
internal sealed record SiteCheckPlan(
    string Environment, string Site, ImageReference Image, KnownPicture Picture, int Requests, TimeSpan LatencyObjective, TimeSpan Timeout);
