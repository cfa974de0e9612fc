using System.CommandLine;
using FaceEdge.Contracts;
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
        var metrics = new Option<string>("--metrics") { Description = "File to write what each site is to run to, as metrics for Prometheus.", HelpName = "FILE" };
        var command = new Command("status", "Show what each environment runs, since when, and which gates the next image still misses.") { offline, metrics };
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
            var wanted = new WantedImages();
            var environments = await report.ReadAsync(state, history, wanted, cancellation);
            if (run.Options.GetValue(metrics) is { } file)
            {
                AtomicFile.Write(run.Resolve(file), wanted.ToBytes());
            }

            return new StatusResult(commit, environments, run.Time.GetUtcNow());
        });
    }
}
