using System.Globalization;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// What a pull request says of its change, in Markdown: why, gates, evidence and differences, as far as the host has room. The trailers come last and
/// whole: a host may make its text the message of the commit that it merges.
/// </summary>
internal static class PullRequestText
{
    private const int MaxEvidence = 10;

    /// <summary>Ratios from .8 to 1.2 are drawn, with a sign for each 2%.</summary>
    private const int PlotHalf = 10;
    private const double PlotStep = 0.02;
    private const string RatioSuffix = " ratio";

    /// <summary>Writes the text.</summary>
    /// <param name="plan">The change.</param>
    /// <param name="message">Of its commit.</param>
    /// <param name="longest">Characters at most.</param>
    public static string Compose(ChangePlan plan, CommitMessage message, int longest)
    {
        var trailers = Fitting(message.Trailers, longest);
        var text = new StringBuilder();
        foreach (var part in new[] { message.Body.Trim(), Gates(plan.Gates), Evidence(plan.Evidence), Run(message.Trailers) }.Where(part => part.Length > 0))
        {
            if (text.Length + part.Length + 2 + trailers.Length <= longest)
            {
                text.Append(part).Append("\n\n");
            }
        }

        text.Append(Differences(plan.Edits?.Diffs ?? [], longest - text.Length - trailers.Length));
        return text.Append(trailers).ToString();
    }

    /// <summary>Whole lines, in their order: those that later runs read come first.</summary>
    private static string Fitting(IReadOnlyList<Trailer> trailers, int longest)
    {
        var lines = new StringBuilder();
        foreach (var line in new CommitMessage("", "", trailers).BelowSubject().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeWhile(line => lines.Length + line.Length < longest))
        {
            lines.Append(line).Append('\n');
        }

        return lines.ToString();
    }

    private static string Gates(IReadOnlyList<GateOutcome> gates) => gates.Count == 0 ? "" :
        $"| gate | state | why |\n| --- | --- | --- |\n{string.Join('\n', gates.Select(gate => $"| {gate.Gate} | {gate.State.ToString().ToLowerInvariant()} | {Cell(gate.Summary)} |"))}";

    private static string Evidence(IReadOnlyList<EvidenceFile> files)
    {
        if (files.Count == 0)
        {
            return "";
        }

        var lines = files.Take(MaxEvidence).Select(file =>
            $"- {file.Evidence.Kind}{(file.Place is { } place ? $" {place.Environment}/{place.Site}" : "")}, {file.Evidence.Verdict.ToString().ToLowerInvariant()}: {Cell(file.Evidence.Summary)} ({file.Evidence.MeasuredAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC)");
        var more = files.Count > MaxEvidence ? [$"- and {files.Count - MaxEvidence} more"] : Array.Empty<string>();
        var plot = Plot([.. files.Where(file => file.Evidence.Kind == GateKind.Latency).SelectMany(file => file.Evidence.Numbers).Where(number => number.Key.EndsWith(RatioSuffix, StringComparison.Ordinal))]);
        return string.Join('\n', lines.Concat(more)) + plot;
    }

    /// <summary>How much slower than what runs now; hosts show text where they show no picture that is not in the repository.</summary>
    private static string Plot(List<KeyValuePair<string, double>> ratios)
    {
        if (ratios.Count == 0)
        {
            return "";
        }

        var width = ratios.Max(ratio => ratio.Key.Length - RatioSuffix.Length);
        var rows = ratios.Select(ratio => $"{ratio.Key[..^RatioSuffix.Length].PadRight(width)}  {Row(ratio.Value)}  {ratio.Value.ToString("0.000", CultureInfo.InvariantCulture)}");
        return $"\n\n```text\n{new string(' ', width)}  0.8{new string(' ', (2 * PlotHalf) - 5)}1.2  latency, candidate / base\n{string.Join('\n', rows)}\n```";

        static string Row(double ratio)
        {
            var row = new string('-', (2 * PlotHalf) + 1).ToCharArray();
            row[PlotHalf] = '|';
            var place = PlotHalf + (int)Math.Round((ratio - 1) / PlotStep);
            row[Math.Clamp(place, 0, row.Length - 1)] = place < 0 ? '<' : place >= row.Length ? '>' : 'o';
            return new string(row);
        }
    }

    /// <summary>Reports with pictures are artifacts of the run.</summary>
    private static string Run(IReadOnlyList<Trailer> trailers) =>
        trailers.FirstOrDefault(trailer => trailer.Key == PromotionTrailers.PipelineRun) is { } run ? $"Reports and plots: {run.Value}" : "";

    private static string Differences(IReadOnlyList<string> diffs, int room)
    {
        if (diffs.Count == 0)
        {
            return "";
        }

        var changed = $"{Quantity.AtStart(diffs.Count, "file")} {Quantity.Verb(diffs.Count, "change")}";
        var fence = new string('`', Math.Max(3, diffs.Max(LongestFence) + 1));
        var head = $"<details><summary>{changed}</summary>\n\n{fence}diff\n";
        var tail = $"{fence}\n\n</details>\n\n";
        var more = $"and {diffs.Count} more files\n";
        room -= head.Length + tail.Length + more.Length;
        var shown = diffs.TakeWhile(diff => (room -= diff.Length) >= 0).ToList();
        return shown.Count == 0
            ? $"{changed}.\n\n"
            : head + string.Concat(shown) + (shown.Count < diffs.Count ? $"and {diffs.Count - shown.Count} more files\n" : "") + tail;
    }

    private static int LongestFence(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>One line that ends no cell and begins no tag.</summary>
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
