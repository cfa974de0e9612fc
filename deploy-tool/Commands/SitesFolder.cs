using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary>Finds sites/ from where a command runs.</summary>
internal static class SitesFolder
{
    public const string Name = "sites";

    /// <summary>The sites folder of the directory that the command runs in, or of the nearest one above it.</summary>
    /// <exception cref="DeployException">There is none.</exception>
    public static SiteTree Find(CommandRun run)
    {
        for (var directory = new DirectoryInfo(run.Repository); directory is not null; directory = directory.Parent)
        {
            var sites = Path.Combine(directory.FullName, Name);
            if (File.Exists(Path.Combine(sites, PolicyFile.FileName)))
            {
                return new SiteTree(sites);
            }
        }

        throw DeployException.BadInput($"there is no {Name}/{PolicyFile.FileName} in {run.Repository} or above it", $"run in the repository, or name it with {GlobalOptions.Repository}; a sparse checkout needs {Name}/");
    }

    /// <summary>Why a folder that an environment should have is not there: the policy does not name it, or nobody made it.</summary>
    public static Exception NoEnvironment(SiteTree tree, string name) => ReadPolicy(tree) is var policy && policy.Find(name) is null
        ? UnknownName.Environment(name, policy)
        : DeployException.BadInput($"the environment '{name}' has no folder {Name}/{name}", "add one with the four files of a site");

    /// <summary>The policy of the tree.</summary>
    /// <exception cref="DeployException">It has faults; the first one is named.</exception>
    public static DeliveryPolicy ReadPolicy(SiteTree tree)
    {
        var (policy, faults) = PolicyFile.Parse(File.ReadAllBytes(tree.PolicyPath));
        return policy ?? throw DeployException.BadInput($"{Name}/{PolicyFile.FileName}:{faults[0]}", "correct the policy; deploy-tool validate lists every fault");
    }
}
