using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.LatencyGate;
using FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Reports;
using FaceEdge.Deploy.LatencyGate.Running;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>gate</c>: whether the candidate is slower than what runs now.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var options = new LatencyGateOptions();
        var command = new Command("gate", "Measure whether a candidate is slower than what an environment runs now: 0 no, 1 yes, 3 cannot tell.");
        options.AddTo(command);
        RegistryOptions.AddTo(command);
        return command.Runs((run, cancellation) => run.Options.GetValue(options.Accuracy) is { } evaluation
            ? JudgeAccuracyAsync(run, options, evaluation, cancellation)
            : JudgeLatencyAsync(run, options, cancellation));
    }

    private static async Task<ICommandResult> JudgeAccuracyAsync(
        CommandRun run, LatencyGateOptions options, string evaluation, CancellationToken cancellation)
    {
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        var path = run.Resolve(evaluation);
        var report = AccuracyResult.Read(
            path, await SubjectAsync(run, options, repository, cancellation), new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
        if (run.Options.GetValue(options.Report) is { } folder)
        {
            report.Write(run.Resolve(folder));
        }

        return report;
    }

    private static async Task<ICommandResult> JudgeLatencyAsync(CommandRun run, LatencyGateOptions options, CancellationToken cancellation)
    {
        var comparison = options.Comparison(run.Options);
        var rules = options.Rules(run.Options, comparison);
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        var subject = await SubjectAsync(run, options, repository, cancellation);
        var report = comparison switch
        {
            GateComparison.Results results => Import(run, results, subject, rules),
            GateComparison.Commands commands => await MeasureAsync(
                run,
                options,
                rules,
                new(commands.Base, RunnerCommand.Shell(commands.Base, run.Environment.WorkingDirectory)),
                new(commands.Head, RunnerCommand.Shell(commands.Head, run.Environment.WorkingDirectory)),
                subject,
                cancellation),
            GateComparison.Commits commits => await CompareCommitsAsync(run, options, rules, repository, commits, subject, cancellation),
            _ => throw new InvalidOperationException($"unknown comparison {comparison}"),
        };
        if (run.Options.GetValue(options.Report) is { } folder)
        {
            ReportFolder.Write(run.Resolve(folder), report);
            run.Progress.Report($"report in {folder}");
        }

        return new LatencyResult(report);
    }

    private static async Task<GateSubject> SubjectAsync(
        CommandRun run, LatencyGateOptions options, GitRepository repository, CancellationToken cancellation)
    {
        var head = run.Options.GetRequiredValue(options.Head);
        var commit = await repository.ResolveAsync(head, cancellation)
            ?? throw DeployException.BadInput($"there is no commit {head}", "name the candidate's commit with --head");
        return new GateSubject(commit, run.Options.GetValue(options.Image));
    }

    private static LatencyReport Import(CommandRun run, GateComparison.Results results, GateSubject subject, GateRules rules)
    {
        var whole = rules with { Looks = 1 };
        var blocks = BdnResults.Pair(BdnResults.Read(run.Resolve(results.Base)), BdnResults.Read(run.Resolve(results.Head)));
        var decision = DecisionRule.Decide(blocks, whole);
        const string Note = "imported results: the sides did not take turns, so what drifted between them counts as change";
        return LatencyReport.Of(
            decision with { Notes = [.. decision.Notes, Note] }, subject, results.Base, whole, seed: null, run.Time.GetUtcNow());
    }

    private static async Task<LatencyReport> CompareCommitsAsync(
        CommandRun run,
        LatencyGateOptions options,
        GateRules rules,
        GitRepository repository,
        GateComparison.Commits commits,
        GateSubject subject,
        CancellationToken cancellation)
    {
        var @base = await BaseCommit.ResolveAsync(run, repository, commits, cancellation);
        var changed = await repository.Git.RunAsync(cancellation, "diff", "--name-only", "-z", @base, subject.Commit!);
        if (!changed.Split('\0').Any(GatedPaths.Affects))
        {
            return LatencyReport.NothingToGate(
                subject, @base, "nothing that the image is made of differs from base: nothing to measure", rules, run.Time.GetUtcNow());
        }

        await using var builds = new CommitBuilds(repository, run.Progress);
        return await MeasureAsync(
            run,
            options,
            rules,
            await builds.PublishAsync(@base, cancellation),
            await builds.PublishAsync(subject.Commit!, cancellation),
            subject,
            cancellation);
    }

    private static async Task<LatencyReport> MeasureAsync(
        CommandRun run, LatencyGateOptions options, GateRules rules, GateSide @base, GateSide head, GateSubject subject, CancellationToken cancellation)
    {
        var seed = run.Options.GetResult(options.Seed) is null ? (int)(run.Time.GetUtcNow().Ticks & int.MaxValue) : run.Options.GetValue(options.Seed);
        var source = new PairedProcesses(@base.Command, head.Command, options.Turns(run.Options), seed);
        var budget = TimeSpan.FromMinutes(run.Options.GetValue(options.Budget));
        var decision = await new SequentialGate(rules, budget, run.Time, run.Progress).RunAsync(source, cancellation);
        return LatencyReport.Of(decision, subject, @base.Name, rules, seed, run.Time.GetUtcNow());
    }
}

/// <summary>The latency gate's report as the result of <c>gate</c>.</summary>
internal sealed record LatencyResult(LatencyReport Report) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Report.Verdict.ToExitCode();

    object ICommandResult.Document => Report;

    JsonTypeInfo ICommandResult.JsonType => LatencyGateJson.Default.LatencyReport;

    void ICommandResult.Render(IAnsiConsole console)
    {
        if (Report.Benchmarks.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("benchmark", "metric", "base ms", "head ms", "ratio", "interval", "control", "verdict");
            foreach (var row in MetricRow.Of(Report))
            {
                table.AddRow([.. row.Cells.Select(Markup.Escape)]);
            }

            console.Write(table);
        }

        foreach (var line in Report.Reasons.Concat(Report.Notes.Select(note => $"note: {note}")))
        {
            console.WriteLine(line);
        }

        console.WriteLine($"latency gate: {Report.Verdict.ToString().ToLowerInvariant()}");
    }
}
