using System.Globalization;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>Delay@1 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/delay-v1).</summary>
internal sealed class DelayTask : ITaskEmulator
{
    public async Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var text = run.Required("delayForMinutes");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) || minutes is < 0 or > 86_400)
        {
            return StepOutcome.Failed($"delayForMinutes is '{text}'; it must be a number of minutes");
        }

        await Task.Delay(TimeSpan.FromMinutes(minutes), run.Job.Run.Time, cancellation);
        return StepOutcome.Succeeded;
    }
}
