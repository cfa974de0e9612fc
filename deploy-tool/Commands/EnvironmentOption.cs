using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites;

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
