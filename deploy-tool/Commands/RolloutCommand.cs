using System.CommandLine;
using System.Globalization;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>rollout</c>: the sites of an environment get, wave by wave, the image that the environment before runs.</summary>
internal static class RolloutCommand
{
    private const string Environment = "--env";
    private const string Watch = "--watch";
    private const string UndecidedAfter = "--undecided-after";
    private const string For = "--for";
    private const string PauseOption = "--pause";
    private const string Resume = "--resume";

    public static Command Create()
    {
        var environment = EnvironmentOption.Create(Environment, "Environment with many sites.");
        var image = new Option<string>("--image") { Description = "The image, where another rollout is under way.", HelpName = "REF" };
        var unavailable = new Option<int?>("--max-unavailable")
        {
            Description = "Share of the sites that may be silent or updating at once; a wave is done in parts of that.",
            HelpName = "N%",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 100)
                {
                    return percent;
                }

                result.AddError($"--max-unavailable '{result.Tokens[0].Value}' must be from 1% to 100%");
                return null;
            },
        };
        var watch = new Option<bool>(Watch) { Description = "Do wave after wave as telemetry allows; roll back when it says no." };
        var undecided = DurationOption.Create(UndecidedAfter, "How long a wave may stay undecided; an update and two observations if not given.");
        var length = DurationOption.Create(For, "Stop watching after this; run it again to go on.");
        var pause = new Option<string>(PauseOption) { Description = "Let no site get another image until --resume; recorded in a commit.", HelpName = "REASON" };
        var resume = new Option<bool>(Resume) { Description = "Let sites get images again." };
        var command = new Command("rollout", "Give the next wave of an environment's sites its image; run it again for the wave after.")
        {
            environment, image, unavailable, watch, undecided, length, pause, resume,
        };
        GateOptions.AddTo(command);
        PrometheusOptions.AddTo(command);
        ChangeOptionsReader.AddTo(command);
        command.AddRule(result =>
        {
            var pauses = result.GetValue<string>(PauseOption) is not null;
            var resumes = result.GetValue<bool>(Resume);
            if (pauses && (resumes || result.GetValue<bool>(Watch)) || resumes && result.GetValue<bool>(Watch))
            {
                result.AddError($"{PauseOption}, {Resume} and {Watch} exclude each other");
            }

            if (!pauses && !resumes && result.GetValue<string>(Environment) is null)
            {
                result.AddError($"Option '{Environment}' is required.");
            }

            if (result.GetValue<bool>(Watch) && result.GetResult(ChangeOptionsReader.UntilMerged) is not null)
            {
                result.AddError($"{Watch} waits for every pull request anyway; {For} limits it");
            }

            if (!result.GetValue<bool>(Watch) && (result.GetResult(UndecidedAfter) ?? result.GetResult(For)) is not null)
            {
                result.AddError($"{UndecidedAfter} and {For} belong to {Watch}");
            }
        });
        return command.Runs(async (run, cancellation) =>
        {
            var options = ChangeOptionsReader.Read(run);
            var name = run.Options.GetValue(environment);
            if (run.Options.GetValue(pause) is not null || run.Options.GetValue(resume))
            {
                return await PauseAsync(run, name, run.Options.GetValue(pause), options, cancellation);
            }

            var request = GateOptions.ReadRequest(run, name!, null, run.Options.GetValue(image));
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            using var registry = await ChangeOptionsReader.RegistryAsync(run, cancellation);
            using var telemetry = new TelemetrySource(policy => PrometheusOptions.TryCreateClient(run, policy));
            var pace = new RolloutPace(run.Options.GetValue(unavailable));
            if (!run.Options.GetValue(watch))
            {
                return RolloutResult.Of(await new Rollout(repository, registry, telemetry, run.Time, run.Progress).RunAsync(request, pace, options, cancellation));
            }

            // A watch takes step after step, and says itself what has changed.
            IProgress<string> steps = options.PullRequest is null ? new NoProgress() : new EachLineOnce(run.Progress);
            var limits = new WatchLimits(run.Options.GetValue(undecided), run.Options.GetValue(length));
            var watching = new RolloutWatch(
                new Rollout(repository, registry, telemetry, run.Time, steps), new Rollback(repository, registry, run.Time, steps), run.Time, run.Progress);
            return WatchResult.Of(name!, await watching.RunAsync(request, pace, limits, options, cancellation));
        });
    }

    private static async Task<ICommandResult> PauseAsync(CommandRun run, string? environment, string? reason, ChangeOptions options, CancellationToken cancellation)
    {
        if (reason is not null && string.IsNullOrWhiteSpace(reason))
        {
            throw DeployException.BadInput($"{PauseOption} has no reason", "say why, since it is recorded");
        }

        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        var outcome = await new Pause(repository, run.Time, run.Progress).RunAsync(environment, reason?.Trim(), options, cancellation);
        return new PauseResult(outcome.End, outcome.Plan.Environment, reason is not null, outcome.Commit, outcome.PullRequest, outcome.Note);
    }

    private sealed class NoProgress : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }

    /// <summary>Each step of a watch says where it plans; which pull request waits is news.</summary>
    private sealed class EachLineOnce(IProgress<string> progress) : IProgress<string>
    {
        private readonly HashSet<string> _said = new(StringComparer.Ordinal);

        public void Report(string value)
        {
            if (_said.Add(value))
            {
                progress.Report(value);
            }
        }
    }
}
