using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Comparison;
using FaceEdge.Deploy.Sites.Validation;

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
