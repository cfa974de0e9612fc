using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>rollout</c>.</summary>
/// <param name="Change">What this wave's change came to.</param>
/// <param name="Waves">Every wave, with the sites that had the image before this run.</param>
/// <param name="Wave">Number of the wave that this run was about, from 1; 0 when the rollout is done.</param>
/// <param name="ToCheck">Sites to run check-site at before the next wave.</param>
internal sealed record RolloutResult(
    ChangeResult Change, IReadOnlyList<WaveStatus> Waves, int Wave, IReadOnlyList<string> ToCheck) : ICommandResult
{
    private const int MaxNamed = 10;

    ExitCode ICommandResult.ExitCode => ((ICommandResult)Change).ExitCode;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.RolloutResult;

    string? ICommandResult.Landed => Change.Commit;

    public static RolloutResult Of(ChangeOutcome outcome)
    {
        var rollout = outcome.Plan.Rollout!;
        return new RolloutResult(ChangeResult.Of(outcome), rollout.Waves, rollout.Wave, outcome.End is not (ChangeEnd.Pushed or ChangeEnd.Committed or ChangeEnd.Merged) ? [] : rollout.ToCheck);
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        ((ICommandResult)Change).Render(console);
        if (Waves.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("wave", "name", "sites", "had the image before");
            foreach (var (number, wave) in Waves.Index())
            {
                table.AddRow($"{(number + 1 == Wave ? "> " : "")}{number + 1}", Markup.Escape(wave.Name), $"{wave.Sites}", $"{wave.Done}");
            }

            console.Write(table);
        }

        if (ToCheck.Count > 0)
        {
            console.WriteLine($"before the next wave, check-site at: {Quantity.List(ToCheck, MaxNamed)}");
        }
    }
}
