using System.Collections.Concurrent;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Runs every rule over the sites folder or one environment of it.</summary>
internal static class SiteValidator
{
    /// <summary>Validates.</summary>
    /// <param name="tree">The sites folder.</param>
    /// <param name="only">Names of the environments to look at; empty for all.</param>
    public static ValidationReport Run(SiteTree tree, IReadOnlyCollection<string> only)
    {
        var (policy, policyFindings) = TreeRules.ReadPolicy(tree);
        var findings = new ConcurrentBag<Finding>([.. policyFindings, .. TreeRules.CheckRollouts(tree, policy)]);
        var environments = policy?.Environments ?? [.. Directory.EnumerateDirectories(tree.Root).Select(path => Path.GetFileName(path)).Where(name => !SiteTree.IsSource(name)).Select(name => new SiteEnvironment(name, GatePolicy.None))];
        if (policy is not null && only.Count == 0)
        {
            TreeRules.CheckFolders(tree, policy).ToList().ForEach(findings.Add);
        }

        var looked = environments.Where(one => only.Count == 0 || only.Contains(one.Name)).ToList();
        SiteFolders.Check(tree, looked).ToList().ForEach(findings.Add);
        var sites = looked.SelectMany(tree.Sites).ToList();
        var claims = new ConcurrentBag<Claim>();
        var files = 0;
        Parallel.ForEach(sites, site =>
        {
            var view = SiteView.Read(site, policy);
            Interlocked.Add(ref files, view.Files.Count);
            foreach (var finding in RuleCatalogue.SiteRules.SelectMany(rule => rule.Check(view)))
            {
                findings.Add(finding);
            }

            foreach (var claim in FleetRules.ClaimsOf(view))
            {
                claims.Add(claim);
            }
        });
        FleetRules.Check(claims).ToList().ForEach(findings.Add);
        TemplateRules.Check(tree, sites, policy).ToList().ForEach(findings.Add);

        return new ValidationReport(sites.Count, files, [.. findings
            .OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Position.Line).ThenBy(one => one.Position.Column)
            .ThenBy(one => one.Rule, StringComparer.Ordinal).ThenBy(one => one.Message, StringComparer.Ordinal)]);
    }
}

/// <summary>What validation found.</summary>
/// <param name="Sites">Sites looked at.</param>
/// <param name="Files">Files read.</param>
/// <param name="Findings">By file and place.</param>
internal sealed record ValidationReport(int Sites, int Files, IReadOnlyList<Finding> Findings)
{
    public int Errors => Findings.Count(one => one.Severity == Severity.Error);

    public int Warnings => Findings.Count - Errors;
}
