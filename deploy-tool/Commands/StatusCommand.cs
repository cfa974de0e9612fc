using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Status;
using Spectre.Console;

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

/// <summary>The result of <c>status</c>: the commit that was read, each environment in promotion order, and the moment of asking.</summary>
internal sealed record StatusResult(string Commit, IReadOnlyList<EnvironmentStatus> Environments, DateTimeOffset At) : ICommandResult
{
    private const int ShortDigest = 19;

    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.StatusResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("environment", "sites", "image", "digest", "age", "commit", "mode", "drift", "next");
        foreach (var environment in Environments)
        {
            table.AddRow(
                environment.Environment,
                $"{environment.Sites}",
                Markup.Escape(environment.Tag ?? string.Join("\n", environment.Images.Select(image => $"{image.Image} ×{image.Sites}"))),
                environment.Digest?[..ShortDigest] ?? "",
                environment.Since is { } since ? DurationFormat.Text(At - since) : "",
                environment.Commit?[..8] ?? "",
                environment.Modes.Count == 0 ? "from image" : string.Join(", ", environment.Modes),
                string.Join(", ", new[] { Drift(environment), environment.SitesNotAsRendered is > 0 and var sites ? $"{sites} not as rendered" : "" }.Where(text => text.Length > 0)),
                Markup.Escape(Next(environment)));
        }

        console.Write(table);
        foreach (var pause in Environments.Select(environment => environment.Paused).OfType<RolloutPause>().Distinct())
        {
            console.WriteLine($"{pause.Text} ({pause.Resume} ends it)");
        }
    }

    private static string Drift(EnvironmentStatus environment) => (environment.Drift, environment.EditedByHand) switch
    {
        (_, true) => "edited by hand",
        (TagDrift.NotAsked, _) => "",
        (TagDrift.None, _) => "none",
        (TagDrift.Moved, _) => "tag moved",
        (TagDrift.TagGone, _) => "tag gone",
        _ => "registry away",
    };

    private static string Next(EnvironmentStatus environment)
    {
        if (environment.Next is null)
        {
            return "";
        }

        var tag = ImageReference.TryParse(environment.Next, out var image) ? image.Tag! : environment.Next;
        var missing = environment.MissingGates.Select(gate => gate.Gate == GateEvaluator.Soak ? $"soak ({gate.Remedy})" : gate.Gate).ToList();
        return environment.Paused is not null ? $"{tag} waits for {string.Join(", ", missing.Prepend("the end of the pause"))}"
            : missing.Count > 0 ? $"{tag} waits for {string.Join(", ", missing)}"
            : $"{tag}: ready";
    }
}
