using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

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

    /// <summary>The files of sites/ that a sparse checkout has not brought here. Without git, or outside a repository, there is nothing to know of.</summary>
    public static async Task<IReadOnlySet<string>> LeftOutAsync(SiteTree tree, CancellationToken cancellation)
    {
        try
        {
            return await SparseCheckout.LeftOutAsync(new GitProcess(tree.Root), cancellation) ?? new HashSet<string>();
        }
        catch (GitException)
        {
            return new HashSet<string>();
        }
    }

    /// <summary>Refuses a work tree whose sites are rendered, but without what they are rendered from.</summary>
    /// <exception cref="DeployException">A sparse checkout leaves it out.</exception>
    public static async Task RequireSourcesAsync(SiteTree tree, CancellationToken cancellation)
    {
        if ((await LeftOutAsync(tree, cancellation)).FirstOrDefault(path => SiteTree.IsSourcePath(path)) is { } path)
        {
            throw DeployException.BadInput(
                $"the sparse checkout leaves {Name}/{path} out", $"bring it in: git sparse-checkout add {Name}/{SiteTemplate.Folder} {Name}/{Inventory.Folder}");
        }
    }

    /// <summary>The policy of the tree.</summary>
    /// <exception cref="DeployException">It has faults; the first one is named.</exception>
    public static DeliveryPolicy ReadPolicy(SiteTree tree)
    {
        var (policy, faults) = PolicyFile.Parse(File.ReadAllBytes(tree.PolicyPath));
        return policy ?? throw DeployException.BadInput($"{Name}/{PolicyFile.FileName}:{faults[0]}", "correct the policy; deploy-tool validate lists every fault");
    }
}
