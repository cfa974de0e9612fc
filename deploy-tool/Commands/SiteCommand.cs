using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>site</c>: sites come, change their names and go, each in one commit.</summary>
internal static class SiteCommand
{
    public static Command Create() => new("site", "Add, list, rename and retire sites.") { CreateAdd(), CreateList(), CreateRename(), CreateRetire() };

    private static Command CreateAdd()
    {
        var name = Name("NAME", "Name of the new site, which is its folder's too.");
        var environment = EnvironmentOption.Create("--env", "Environment of the site.", isRequired: true);
        var values = new SiteValueOptions();
        var move = new Option<string>("--move-own") { Description = "Where the environment's folder is a site itself: move it to a folder of this name.", HelpName = "NAME" };
        var command = new Command("add", "Add a site to an environment: its inventory and the files that its host pulls.") { name, environment, move };
        values.AddTo(command);
        ChangeOptionsReader.AddCommitOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var request = values.Read(run, run.Options.GetRequiredValue(environment), run.Options.GetRequiredValue(name), run.Options.GetValue(move));
            var ask = SiteValueOptions.Asker(run);
            var outcome = await ChangeAsync(run, state => SiteRegister.Add(state, request, ask), cancellation);
            return SiteResult.Of(outcome, $"{request.Environment}/{request.Name} is added", [$"bind its host to {SitesFolder.Name}/{request.Environment}/{request.Name}"]);
        });
    }

    private static Command CreateRename()
    {
        var (name, to) = (Name("NAME", "The site."), Name("NEW", "The name that it is to have."));
        var environment = EnvironmentOption.Create("--env", "Environment of the site.", isRequired: true);
        var command = new Command("rename", "Give a site, and its folder, another name. What its host is called stays.") { name, to, environment };
        ChangeOptionsReader.AddCommitOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var (of, old, now) = (run.Options.GetRequiredValue(environment), run.Options.GetRequiredValue(name), run.Options.GetRequiredValue(to));
            var outcome = await ChangeAsync(run, state => SiteRegister.Rename(state, of, old, now), cancellation);
            return SiteResult.Of(outcome, $"{of}/{old} is {of}/{now}", [$"bind its host to {SitesFolder.Name}/{of}/{now}"]);
        });
    }

    private static Command CreateRetire()
    {
        var name = Name("NAME", "The site.");
        var environment = EnvironmentOption.Create("--env", "Environment of the site.", isRequired: true);
        var command = new Command("retire", "Take a site out of service: its host removes what it runs.") { name, environment };
        ChangeOptionsReader.AddCommitOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var (of, site) = (run.Options.GetRequiredValue(environment), run.Options.GetRequiredValue(name));
            var outcome = await ChangeAsync(run, state => SiteRegister.Retire(state, of, site), cancellation);
            return SiteResult.Of(outcome, $"{of}/{site} is retired", [$"delete its folder when no host pulls it any more: it holds {SiteFiles.Retired} alone"]);
        });
    }

    private static Command CreateList()
    {
        var environment = EnvironmentOption.Create("--env", "One environment alone.");
        return new Command("list", "List the sites of the work tree, what each has of its own, and whether its files are as rendered.") { environment }.Runs(async (run, cancellation) =>
        {
            var tree = SitesFolder.Find(run);
            await SitesFolder.RequireSourcesAsync(tree, cancellation);
            var policy = SitesFolder.ReadPolicy(tree);
            return SiteListResult.Read(tree, run.Options.GetValue(environment) is { } only ? [policy.Get(only)] : policy.Environments);
        });
    }

    /// <summary>Runs a change of sites on the branch that they pull.</summary>
    public static async Task<ChangeOutcome> ChangeAsync(CommandRun run, Func<SourceState, SourceEdits> edit, CancellationToken cancellation)
    {
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        return await new SourceChange(repository, run.Time, run.Progress).RunAsync(edit, ChangeOptionsReader.Read(run), cancellation);
    }

    private static Argument<string> Name(string name, string description) => new(name) { Description = description };
}

/// <summary>The options that give a new site its values.</summary>
internal sealed class SiteValueOptions
{
    private readonly Option<string[]> _set = new("--set") { Description = "A parameter, such as pool=192.0.2.0/28; may be given more than once.", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _label = new("--label") { Description = "A label of the Deployment, such as ring=canary; may be given more than once.", HelpName = "KEY=VALUE" };
    private readonly Option<string[]> _fragment = new("--fragment") { Description = "A fragment of the template, such as gpu; may be given more than once.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Add(_set);
        command.Add(_label);
        command.Add(_fragment);
    }

    public AddRequest Read(CommandRun run, string environment, string site, string? moveOwnTo) => new(
        environment, site, Pairs(run.Options.GetValue(_set), "--set", "pool=192.0.2.0/28"), Pairs(run.Options.GetValue(_label), "--label", "ring=canary"),
        run.Options.GetValue(_fragment) ?? [], moveOwnTo);

    /// <summary>Asks who runs the command, once for each parameter however often the change is planned; null where the input has no line.</summary>
    public static Func<Parameter, string?> Asker(CommandRun run)
    {
        var answers = new Dictionary<string, string?>(StringComparer.Ordinal);
        return parameter =>
        {
            if (!answers.TryGetValue(parameter.Name, out var answer))
            {
                run.Progress.Report($"{parameter.Name}:");
                answer = answers[parameter.Name] = run.Environment.Input.ReadLine() is { Length: > 0 } line ? line : null;
            }

            return answer;
        };
    }

    private static Dictionary<string, string> Pairs(string[]? texts, string option, string example)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } key, var value])
            {
                throw DeployException.BadInput($"{option} '{text}' has no '='", $"write it as {example}");
            }

            if (!pairs.TryAdd(key, value))
            {
                throw DeployException.BadInput($"{key} is set twice", "set it once");
            }
        }

        return pairs;
    }
}
