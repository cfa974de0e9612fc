using System.Collections.Concurrent;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>What the sites folder of one commit asks for: the policy, and the manifest of each site.</summary>
internal sealed class DesiredState
{
    /// <summary>Name of the folder at the top of the repository.</summary>
    public const string SitesFolder = "sites";

    public const string RolloutPath = $"{SitesFolder}/{RolloutFile.FileName}";

    private DesiredState(GitTree tree, DeliveryPolicy policy)
    {
        Tree = tree;
        Policy = policy;
    }

    public GitTree Tree { get; }

    public DeliveryPolicy Policy { get; }

    /// <summary>Reads the policy and lists the sites; manifests are read when asked for.</summary>
    public static async Task<DesiredState> ReadAsync(GitRepository repository, string commit, CancellationToken cancellation)
    {
        var tree = await GitTree.ReadAsync(repository.Git, commit, SitesFolder, cancellation);
        const string path = $"{SitesFolder}/{PolicyFile.FileName}";
        var bytes = await tree.ReadFileAsync(path, cancellation)
            ?? throw new SitesException($"{path} is not in commit {commit[..12]}", "commit it, or name the repository with --repository");
        var (policy, faults) = PolicyFile.Parse(bytes);
        return policy is not null ? new DesiredState(tree, policy) : throw Faulty(path, faults[0]);
    }

    /// <summary>The environment of this name.</summary>
    /// <exception cref="SitesException">The policy has none.</exception>
    public SiteEnvironment Environment(string name) => Policy.Get(name);

    /// <summary>The waves of an environment; null when the commit names none.</summary>
    /// <exception cref="SitesException">The file of the waves cannot be used.</exception>
    public async Task<RolloutPolicy?> ReadRolloutAsync(SiteEnvironment environment, CancellationToken cancellation)
    {
        if (await Tree.ReadFileAsync(RolloutPath, cancellation) is not { } bytes)
        {
            return null;
        }

        var (policies, faults) = RolloutFile.Parse(bytes, Policy);
        return faults.Count == 0 ? policies.GetValueOrDefault(environment.Name) : throw Faulty(RolloutPath, faults[0]);
    }

    /// <summary>Reads the manifests of an environment's sites, in the order of their paths.</summary>
    public Task<IReadOnlyList<SiteManifest>> ReadSitesAsync(SiteEnvironment environment, CancellationToken cancellation) =>
        ReadSitesAsync(environment, static site => site, cancellation);

    /// <summary>The same where a part of each is enough: thousands of whole manifests are hundreds of megabytes.</summary>
    public async Task<IReadOnlyList<T>> ReadSitesAsync<T>(SiteEnvironment environment, Func<SiteManifest, T> part, CancellationToken cancellation)
    {
        var prefix = $"{SitesFolder}/{environment.Name}/";
        var paths = Tree.Paths.Where(path => IsManifest(path, prefix)).ToList();
        if (paths.Count == 0)
        {
            throw new SitesException($"{prefix} holds no {SiteFiles.FaceDetector}", "add a site, or correct the environment's name");
        }

        var sites = new T[paths.Count];
        var faults = new ConcurrentBag<SitesException>();
        await Parallel.ForEachAsync(Tree.ReadFilesAsync(paths, cancellation), cancellation, (file, _) =>
        {
            var path = paths[file.Number];
            if (DetectorManifest.TryParse(file.Content, out var manifest) is { } fault)
            {
                faults.Add(Faulty(path, fault));
                return ValueTask.CompletedTask;
            }

            var folders = path[prefix.Length..].Split('/');
            sites[file.Number] = part(new SiteManifest(folders.Length == 1 ? environment.Name : folders[0], path, file.Content, manifest));
            return ValueTask.CompletedTask;
        });
        return faults.IsEmpty ? sites : throw faults.OrderBy(fault => fault.Message, StringComparer.Ordinal).First();
    }

    /// <summary>A site's manifest stands in the environment's folder or one folder below it.</summary>
    private static bool IsManifest(string path, string prefix)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path.AsSpan(prefix.Length);
        var slash = rest.IndexOf('/');
        return rest[(slash + 1)..].SequenceEqual(SiteFiles.FaceDetector);
    }

    private static SitesException Faulty(string path, YamlFault fault) =>
        new SitesException($"{path}:{fault.Position.Line}:{fault.Position.Column}: {fault.Message}", "fix the file and commit it");
}
