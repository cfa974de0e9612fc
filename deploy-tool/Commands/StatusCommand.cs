using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Status;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>status</c>: what each environment is to run, since when, and what keeps the next image out.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var offline = new Option<bool>("--offline") { Description = "Do not ask the registry whether tags moved." };
        var command = new Command("status", "Show what each environment runs, since when, and which gates the next image still misses.") { offline };
        ReadOptions.AddTo(command);
        RegistryOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var commit = await ReadOptions.CommitAsync(run, repository, cancellation);
            var state = await DesiredState.ReadAsync(repository, commit, cancellation);
            var history = await PromotionHistory.ReadAsync(repository.Git, commit, cancellation);
            using var registry = run.Options.GetValue(offline) ? null : await RegistryOptions.CreateClientAsync(run, cancellation);
            var report = new StatusReport(registry, run.Time, run.Progress);
            return new StatusResult(commit, await report.ReadAsync(state, history, cancellation), run.Time.GetUtcNow());
        });
    }
}
