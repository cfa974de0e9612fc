using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Running;
using FaceEdge.Deploy.Rehearsal.SiteAgents;
using Spectre.Console;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>The result of <c>rehearse</c>.</summary>
/// <param name="Run">Number of the run.</param>
/// <param name="Commit">Commit of the rehearsal's remote that it was of.</param>
/// <param name="Outcome">succeeded, failed, waiting, stopped or interrupted.</param>
/// <param name="Why">In one line, what failed or what is waited for: stage, step, why; null when all succeeded.</param>
/// <param name="Folder">The run's folder: logs, artifacts, test results, summaries.</param>
/// <param name="Notes">What differs from a run at Azure DevOps.</param>
/// <param name="Stages">Stages in file order.</param>
/// <param name="Sites">Sites in promotion order.</param>
internal sealed record RehearsalResult(
    string Run,
    string Commit,
    string Outcome,
    string? Why,
    string Folder,
    IReadOnlyList<string> Notes,
    IReadOnlyList<StageResult> Stages,
    IReadOnlyList<SiteResult> Sites) : ICommandResult
{
    private const string Succeeded = "succeeded";
    private const string Failed = "failed";
    private const string Waiting = "waiting";

    /// <summary>Whether people saw it already, since the sites were kept.</summary>
    [JsonIgnore]
    public bool IsShown { get; init; }

    /// <summary>Whether the sites still run when this is written.</summary>
    [JsonIgnore]
    public bool AreSitesUp { get; init; }

    ExitCode ICommandResult.ExitCode => Outcome switch
    {
        Succeeded or "stopped" => ExitCode.Done,
        Failed => ExitCode.Refused,
        _ => ExitCode.Undecided,
    };

    JsonTypeInfo ICommandResult.JsonType => RehearsalJson.Default.RehearsalResult;

    public static RehearsalResult Of(RehearsalSession session, string? stopAfter, string? interrupted)
    {
        var stages = session.Stages;
        var failed = stages.FirstOrDefault(stage => stage.Outcome is RunOutcome.Failed or RunOutcome.Canceled);
        var waiting = stages.FirstOrDefault(stage => stage.Outcome == RunOutcome.Waiting);
        var outcome = (interrupted, failed, waiting) switch
        {
            (not null, _, _) => interrupted,
            (_, not null, _) => Failed,
            (_, _, not null) => Waiting,
            _ when stopAfter is not null && stages.Any(stage => stage.Outcome == RunOutcome.Pending) => "stopped",
            _ => Succeeded,
        };
        var first = failed ?? waiting;
        return new RehearsalResult(
            session.Number,
            session.Commit,
            outcome,
            first is null ? null : $"{first.Name}: {first.Detail}",
            session.RunFolder,
            session.Notes,
            [.. stages.Select(StageResult.Of)],
            [.. session.Sites.Select(SiteResult.Of)]);
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        if (IsShown)
        {
            return;
        }

        console.Write(RehearsalTables.OfStages(Stages));
        console.Write(RehearsalTables.OfSites(Sites, AreSitesUp));
        foreach (var note in Notes)
        {
            console.WriteLine($"note: {note}");
        }

        console.WriteLine($"run {Run} {Outcome}{(Why is null ? "" : $": {Why}")}");
        console.WriteLine($"logs and artifacts: {Folder}");
    }
}

/// <summary>A stage of the result.</summary>
internal sealed record StageResult(string Name, string DisplayName, string Outcome, string? Detail, double Seconds, IReadOnlyList<JobResult> Jobs)
{
    public static StageResult Of(StageRun stage) => new(
        stage.Name, stage.Definition.DisplayName, stage.Outcome.ToString(), stage.Detail, Math.Round(stage.Elapsed.TotalSeconds, 1), [.. stage.Jobs.Select(JobResult.Of)]);
}

/// <summary>A job of the result.</summary>
internal sealed record JobResult(string Name, string Outcome, IReadOnlyList<StepResult> Steps)
{
    public static JobResult Of(JobRun job) => new(
        job.Name, job.Outcome.ToString(), [.. job.Steps.ToArray().Select(step => new StepResult(step.Name, step.Outcome.ToString(), step.Why, Math.Round(step.Elapsed.TotalSeconds, 1), step.Log))]);
}

/// <summary>A step of the result.</summary>
internal sealed record StepResult(string Name, string Outcome, string? Why, double Seconds, string? Log);

/// <summary>A site of the result.</summary>
internal sealed record SiteResult(string Environment, string Name, string Url, string State, string? Image, string? Commit, string? AppliedCommit, string? Error)
{
    public static SiteResult Of(SiteAgent site)
    {
        var status = site.Status;
        return new SiteResult(
            site.Address.Environment, site.Address.Name, site.Address.Url, status.State.ToString(), status.Image, status.LastCommit, status.AppliedCommit, status.Error);
    }
}
