using System.Globalization;
using FaceEdge.Deploy.Rehearsal.Approvals;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>ManualValidation@0 and @1 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/manual-validation-v1): asks, and holds until there is an answer.</summary>
internal sealed class ManualValidationTask : ITaskEmulator
{
    /// <summary>The variable that says how many people an environment's approval takes.</summary>
    public static string PeopleVariable(string environment) => $"Rehearsal.People.{environment}";

    public async Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        if (!run.Job.Job.Definition.IsAgentless)
        {
            return StepOutcome.Failed("ManualValidation runs in a job with pool: server alone");
        }

        var subject = ApprovalDesk.SubjectOf(run.Job.Stage.Name);
        var question = run.Input("instructions") ?? $"Go on with {run.Job.Stage.Definition.DisplayName}?";
        var answer = await run.Job.Run.Approvals.AskAsync(subject, question, PeopleFor(run, subject), cancellation);
        run.Log.Line($"{subject}: {answer.IsApproved switch { true => "approved", false => "rejected", null => "no answer" }} {string.Join(", ", answer.By)}".TrimEnd());
        return answer.IsApproved switch
        {
            true => StepOutcome.Succeeded,
            false => StepOutcome.Failed($"rejected by {string.Join(", ", answer.By)}"),
            null => new StepOutcome(RunOutcome.Waiting, $"waits for an approval: --approve {subject}"),
        };
    }

    /// <summary>As many as the Environment asks for that this approval opens.</summary>
    private static int PeopleFor(TaskEmulatorRun run, string subject) =>
        int.TryParse(run.Job.Run.Predefined.GetValueOrDefault(PeopleVariable(subject)), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 1;
}
