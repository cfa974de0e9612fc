using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Comparison;
using FaceEdge.Deploy.Sites.Validation;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>diff</c>: what one environment has that another has not, less what may differ.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var from = EnvironmentOption.Create("--from", "Environment, or environment/site.");
        var to = EnvironmentOption.Create("--to", "Environment, or environment/site, that it is compared with.");
        var all = new Option<bool>("--all") { Description = "Show what may differ too." };
        var site = new Option<string>("--site") { Description = "Show in what this site differs from its environment, instead.", HelpName = "ENV/SITE" };
        var command = new Command("diff", "Show in what two environments differ, but for what the policy lets differ; or in what a site differs from its environment.") { from, to, all, site };
        command.AddRule(result =>
        {
            var isPair = result.GetValue(from) is not null && result.GetValue(to) is not null;
            if (result.GetValue(site) is null ? !isPair : result.GetValue(from) is not null || result.GetValue(to) is not null || result.GetValue(all))
            {
                result.AddError("give --from and --to, or --site alone");
            }
        });
        return command.Runs(async (run, cancellation) =>
        {
            var tree = SitesFolder.Find(run);
            if (run.Options.GetValue(site) is { } one)
            {
                await SitesFolder.RequireSourcesAsync(tree, cancellation);
                return SiteDifferenceResult.Read(tree.Root, one);
            }

            var policy = SitesFolder.ReadPolicy(tree);
            var (left, right) = (Find(tree, policy, run.Options.GetRequiredValue(from)), Find(tree, policy, run.Options.GetRequiredValue(to)));
            var (before, after) = (Read(left), Read(right));
            var every = SiteComparison.Run(before, after, []);
            var differences = run.Options.GetValue(all) ? every : SiteComparison.Run(before, after, policy.MayDiffer);
            return new DiffResult(left.RelativePath, right.RelativePath, differences, [.. every.ExceptBy(differences.Select(Place), Place)]);
        });
    }

    private static string Place(Difference difference) => $"{difference.Object} {difference.Path}";

    private static Site Find(SiteTree tree, DeliveryPolicy policy, string name)
    {
        var environment = policy.Get(name.Split('/')[0]);
        var sites = tree.Sites(environment);
        return sites.FirstOrDefault(site => site.RelativePath == name) ?? throw (sites.Count == 0
            ? DeployException.BadInput($"the environment '{environment.Name}' has no site", "add the four files of a site")
            : name == environment.Name
                ? DeployException.BadInput($"'{name}' is not one site", $"name one, such as {sites[0].RelativePath}")
                : UnknownName.Site(environment.Name, name[(environment.Name.Length + 1)..], sites.Select(site => site.Name)));
    }

    private static SiteView Read(Site site)
    {
        var view = SiteView.Read(site, null);
        return view.Files.FirstOrDefault(file => file.Fault is not null) is { } faulty
            ? throw DeployException.BadInput($"{SitesFolder.Name}/{faulty.RelativePath}:{faulty.Fault}", "correct the YAML at this place")
            : view;
    }
}

/// <summary>The result of <c>diff</c>; like diff(1), it exits with 1 where there are differences.</summary>
internal sealed class DiffResult : ICommandResult
{
    public DiffResult(string from, string to, IReadOnlyList<Difference> differences, IReadOnlyList<Difference> allowed)
    {
        From = from;
        To = to;
        Allowed = [.. allowed.Select(one => one.Path is null ? one.Object.ToString() : one.Path.ToString()!).Distinct(StringComparer.Ordinal)];
        Differences = [.. differences.Select(one => new DiffEntry(
            one.Object.ToString(), one.Path?.ToString(), one.From?.Text, one.To?.Text, Place(one.From), Place(one.To), one.TouchesHost))];
    }

    public string From { get; }

    public string To { get; }

    public bool TouchesHost => Differences.Any(one => one.TouchesHost);

    public IReadOnlyList<DiffEntry> Differences { get; }

    /// <summary>Where they differ as the policy lets them.</summary>
    public IReadOnlyList<string> Allowed { get; }

    ExitCode ICommandResult.ExitCode => Differences.Count == 0 ? ExitCode.Done : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.DiffResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        foreach (var group in Differences.GroupBy(one => one.Object))
        {
            console.WriteLine($"{group.Key}{(group.First().TouchesHost ? "  (carrying this over may restart the host or put it into maintenance mode)" : "")}");
            foreach (var one in group)
            {
                console.WriteLine($"  {one.Path ?? "the whole object"}");
                Side(console, '-', one.From, one.FromPlace);
                Side(console, '+', one.To, one.ToPlace);
            }
        }

        console.WriteLine((Differences.Count, Allowed.Count) switch
        {
            (0, 0) => $"{From} and {To} are alike",
            (0, _) => $"{From} and {To} differ only in what may differ: {string.Join(", ", Allowed)}",
            var (count, _) => $"{From} and {To} differ in {count} values",
        });
    }

    private static void Side(IAnsiConsole console, char sign, string? value, string? place)
    {
        if (value is not null)
        {
            console.WriteLine($"    {sign} {value.ReplaceLineEndings("\\n")}   {place}");
        }
    }

    private static string? Place(PlacedValue? value) => value is null ? null : $"{SitesFolder.Name}/{value.File}:{value.Position.Line}";
}

/// <summary>One difference; a side that has no value is null.</summary>
internal sealed record DiffEntry(string Object, string? Path, string? From, string? To, string? FromPlace, string? ToPlace, bool TouchesHost);
