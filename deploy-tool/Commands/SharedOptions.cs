using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Commands;

/// <summary>An option that names an environment; a shell completes it with the names of the policy that is checked out.</summary>
internal static class EnvironmentOption
{
    private const string Placeholder = "ENV";

    public static Option<string> Create(string name, string description, bool isRequired = false)
    {
        var option = new Option<string>(name) { Description = description, HelpName = Placeholder, Required = isRequired };
        option.CompletionSources.Add(context => Names(context.ParseResult));
        return option;
    }

    /// <summary>The same for an option that may be given more than once.</summary>
    public static Option<string[]> CreateMany(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = Placeholder };
        option.CompletionSources.Add(context => Names(context.ParseResult));
        return option;
    }

    /// <summary>None where there is no policy to read: a completion has nobody to tell.</summary>
    private static IEnumerable<string> Names(ParseResult parse)
    {
        for (var directory = new DirectoryInfo(parse.GetValue<string>(GlobalOptions.Repository) ?? "."); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, SitesFolder.Name, PolicyFile.FileName);
            if (File.Exists(path))
            {
                return PolicyFile.Parse(File.ReadAllBytes(path)).Policy?.Environments.Select(environment => environment.Name) ?? [];
            }
        }

        return [];
    }
}

/// <summary>The options that name the branch which sites pull, where the clone does not say it by itself.</summary>
internal static class BranchOptions
{
    public const string Remote = "--remote";
    public const string Branch = "--branch";

    public static void AddTo(Command command)
    {
        command.Add(new Option<string>(Remote) { Description = "Remote of the branch that the sites pull; the checked-out branch's own if not given.", HelpName = "NAME" });
        command.Add(new Option<string>(Branch) { Description = "Branch that the sites pull; the checked-out one's upstream if not given.", HelpName = "NAME" });
    }

    public static string? RemoteOf(CommandRun run) => run.Options.GetValue<string>(Remote);

    public static string? BranchOf(CommandRun run) => run.Options.GetValue<string>(Branch);
}

/// <summary>An option whose value is a length of time, such as 90s, 10m or 2h.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Duration.TryParse(result.Tokens[0].Value, out var duration))
            {
                return duration;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' must be a duration such as 90s, 10m or 2h");
            return null;
        },
    };
}

/// <summary>Reads an image reference off the command line.</summary>
internal static class ImageArgument
{
    public static ImageReference Parse(string text) =>
        ImageReference.TryParse(text, out var reference)
            ? reference
            : throw DeployException.BadInput(
                ImageReference.PortFault(text) ?? $"'{text}' is not an image reference", "write registry/name:tag, such as registry.example.com/faceedge/face-detector:1.4.0");
}
