using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Approvals;
using FaceEdge.Deploy.YamlEdit;
using Spectre.Console;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary><c>rehearse</c>: runs azure-pipelines.yml on this machine, against a remote, a registry and sites of its own.</summary>
internal static class RehearseCommand
{
    private const string DefaultInterval = "2s";

    public static Command Create()
    {
        var folder = new Option<string>("--folder") { Description = "Where remote, registry, sites and runs are kept; give it again to go on with them. A temporary folder if not given.", HelpName = "DIR" };
        var pipeline = new Option<string>("--pipeline") { Description = "The pipeline's file.", HelpName = "FILE", DefaultValueFactory = _ => "azure-pipelines.yml" };
        var remote = new Option<string>("--remote") { Description = "A Git remote to use instead of one made in the folder.", HelpName = "URL" };
        var registry = new Option<string>("--registry") { Description = "A running registry to use instead of starting one.", HelpName = "HOST" };
        var engine = new Option<string>("--engine") { Description = "What builds the image: docker, buildah, or publish, which is quick and needs neither.", HelpName = "ENGINE" }.OneOf("auto", "docker", "buildah", RehearsalOptions.PublishEngine);
        var parameters = new Option<string[]>("--parameter", "-p") { Description = "A parameter of the run; may be repeated.", HelpName = "NAME=VALUE" };
        var variables = new Option<string[]>("--variable") { Description = "A variable that wins over the pipeline's; may be repeated.", HelpName = "NAME=VALUE" };
        var skip = new Option<string[]>("--skip") { Description = "Leave a stage out, as with Azure's \"Stages to run\".", HelpName = "STAGE" };
        var stopAfter = new Option<string>("--stop-after") { Description = "Begin no further stage after this one.", HelpName = "STAGE" };
        var approve = new Option<string[]>("--approve") { Description = "Approve: qa,uat or all, or uat=ada,ben with names.", HelpName = "ENV" };
        var reject = new Option<string[]>("--reject") { Description = "Reject an environment.", HelpName = "ENV" };
        var keep = new Option<bool?>("--keep") { Description = "Keep the sites running at the end, until Ctrl+C; the default on a terminal." };
        var quick = new Option<bool>("--quick") { Description = "See all sites change soonest: no build, tests and gates, an image packed without an engine, every approval given unless told." };
        var interval = new Option<string>("--site-interval") { Description = "How often sites pull.", HelpName = "TIME", DefaultValueFactory = _ => DefaultInterval };
        var command = new Command("rehearse", "Run azure-pipelines.yml on this machine: its own Git remote, registry and sites, every step for real.")
        {
            folder, pipeline, remote, registry, engine, parameters, variables, skip, stopAfter, approve, reject, keep, quick, interval,
        };
        return command.Runs((run, cancellation) =>
        {
            var options = run.Options;
            var isTerminal = IsTerminal(run);
            var isQuick = options.GetValue(quick);
            var rehearsal = new RehearsalOptions
            {
                Repository = run.Repository,
                Folder = run.Resolve(options.GetValue(folder) ?? Directory.CreateTempSubdirectory("faceedge-rehearsal-").FullName),
                Pipeline = options.GetRequiredValue(pipeline),
                Remote = options.GetValue(remote),
                Registry = options.GetValue(registry),
                IsQuick = isQuick,
                Engine = options.GetValue(engine) ?? (isQuick ? RehearsalOptions.PublishEngine : null),
                Parameters = Pairs(options.GetValue(parameters), "--parameter"),
                Variables = Pairs(options.GetValue(variables), "--variable"),
                Skip = new HashSet<string>(options.GetValue(skip) ?? [], StringComparer.OrdinalIgnoreCase),
                StopAfter = options.GetValue(stopAfter),
                Approvals = ApprovalDesk.ReadFlags(
                    options.GetValue(approve) is { Length: > 0 } given ? given : isQuick && options.GetValue(reject) is not { Length: > 0 } ? [ApprovalDesk.All] : [], options.GetValue(reject) ?? []),
                IsInteractive = isTerminal,
                SiteInterval = Duration.TryParse(options.GetRequiredValue(interval), out var every)
                    ? every
                    : throw DeployException.BadInput($"--site-interval '{options.GetValue(interval)}' is not a duration", "write for example 2s or 1m"),
            };
            return RunAsync(run, rehearsal, options.GetValue(keep) ?? isTerminal, cancellation);
        });
    }

    private static async Task<ICommandResult> RunAsync(CommandRun run, RehearsalOptions options, bool keep, CancellationToken cancellation)
    {
        var progress = options.IsInteractive ? new Progress<string>() : run.Progress;
        await using var session = new RehearsalSession(options, progress, run.Time);
        await session.PrepareAsync(cancellation);
        foreach (var site in session.Sites)
        {
            progress.Report($"{site.Address.Label}: {site.Address.Url}");
        }

        if (options.IsInteractive)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(run.Environment.Output) });
            await new RehearsalScreen(console, session).ShowAsync(session.RunAsync(cancellation), cancellation);
        }
        else
        {
            await session.RunAsync(cancellation);
        }

        var result = session.Result();
        if (keep && !cancellation.IsCancellationRequested)
        {
            ResultWriter.WriteTable(result with { AreSitesUp = true }, options.IsInteractive ? run.Environment.Output : run.Environment.Error);
            await run.Environment.Error.WriteLineAsync("the sites keep running; Ctrl+C ends them");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            result = result with { IsShown = options.IsInteractive };
        }

        return result;
    }

    private static bool IsTerminal(CommandRun run) =>
        ReferenceEquals(run.Environment.Output, Console.Out) && !Console.IsInputRedirected && !Console.IsOutputRedirected
        && run.Options.GetValue<string>(GlobalOptions.Output) != GlobalOptions.Json;

    private static Dictionary<string, string> Pairs(string[]? texts, string option) => (texts ?? []).Select(text =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value] ? (name, value) : throw DeployException.BadInput($"{option} '{text}' is not NAME=VALUE", "write NAME=VALUE"))
        .ToDictionary(pair => pair.name, pair => pair.value, StringComparer.OrdinalIgnoreCase);
}
