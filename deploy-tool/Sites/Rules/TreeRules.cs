using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The rules about the sites folder as a whole: its policy file and its environments.</summary>
internal static class TreeRules
{
    public static readonly RuleDescription Policy = new(
        "FE1005", $"{PolicyFile.FileName} is a policy without faults", "correct the policy; docs/sites.md describes every key", Severity.Error);

    public static readonly RuleDescription Folders = new(
        "FE1006", "Every environment of the policy has at least one site, and every folder is an environment",
        "name the environment in environments.yaml and give it a folder with the four files of a site", Severity.Error);

    public static readonly RuleDescription Rollouts = new(
        "FE1007", $"{RolloutFile.FileName} names waves of the policy's environments, without faults", "correct the file; docs/deploy-tool.md describes every key",
        Severity.Error);

    public static IReadOnlyList<RuleDescription> All { get; } = [Policy, Folders, Rollouts];

    private static readonly SourcePosition FileStart = new(0, 1, 1);

    /// <summary>Reads the policy and notes what is wrong with it.</summary>
    public static (DeliveryPolicy? Policy, IReadOnlyList<Finding> Findings) ReadPolicy(SiteTree tree)
    {
        if (!File.Exists(tree.PolicyPath))
        {
            return (null, [Broken(Policy, FileStart, "the file is missing")]);
        }

        var (policy, faults) = PolicyFile.Parse(File.ReadAllBytes(tree.PolicyPath));
        return (policy, [.. faults.Select(fault => Broken(Policy, fault.Position, fault.Message))]);
    }

    /// <summary>Compares the policy's environments with the folders.</summary>
    public static IEnumerable<Finding> CheckFolders(SiteTree tree, DeliveryPolicy policy)
    {
        foreach (var environment in policy.Environments.Where(environment => tree.Sites(environment).Count == 0))
        {
            yield return Broken(Folders, FileStart, $"the environment '{environment.Name}' has no site: {environment.Name}/{SiteFiles.FaceDetector} is missing");
        }

        foreach (var folder in Directory.EnumerateDirectories(tree.Root).Select(Path.GetFileName).OfType<string>().Where(name => policy.Find(name) is null && !SiteTree.IsSource(name)).Order(StringComparer.Ordinal))
        {
            yield return Broken(Folders, FileStart, $"the folder '{folder}' is no environment of the policy");
        }
    }

    /// <summary>Reads the waves, where there are any.</summary>
    public static IEnumerable<Finding> CheckRollouts(SiteTree tree, DeliveryPolicy? policy) => File.Exists(tree.RolloutPath)
        ? RolloutFile.Parse(File.ReadAllBytes(tree.RolloutPath), policy).Faults.Select(fault => Broken(Rollouts, fault.Position, fault.Message, RolloutFile.FileName))
        : [];

    private static Finding Broken(RuleDescription rule, SourcePosition position, string message, string file = PolicyFile.FileName) =>
        new(rule.Id, rule.Severity, file, position, message, rule.Remedy);
}
