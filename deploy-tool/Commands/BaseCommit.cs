using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary>The commit that a candidate is compared with.</summary>
internal static class BaseCommit
{
    /// <exception cref="DeployException">The commit is not known, or this clone lacks it.</exception>
    public static async Task<string> ResolveAsync(
        CommandRun run, GitRepository repository, GateComparison.Commits commits, CancellationToken cancellation)
    {
        var revision = commits.Base ?? await RevisionOfAsync(run, repository, commits.Environment!, cancellation);
        return await repository.ResolveAsync(revision, cancellation)
            ?? throw DeployException.BadInput($"this clone has no commit {revision}", "fetch it, or name another base with --base");
    }

    /// <summary>The source of the image that the environment's sites run, as the image itself says.</summary>
    private static async Task<string> RevisionOfAsync(CommandRun run, GitRepository repository, string environment, CancellationToken cancellation)
    {
        var tree = new SiteTree(Path.Combine(repository.Root, SitesFolder.Name));
        if (File.Exists(tree.PolicyPath) && !Directory.Exists(Path.Combine(tree.Root, environment)))
        {
            throw SitesFolder.NoEnvironment(tree, environment);
        }

        var image = MostCommonImage(tree, environment);
        using var registry = await RegistryOptions.CreateClientAsync(run, cancellation);
        var proof = await new ImageVerifier(registry, run.Progress).VerifyAsync(image, [], cancellation);
        if (proof.Revision is { } revision)
        {
            run.Progress.Report($"{environment} runs {image}, built from {revision}");
            return revision;
        }

        var why = proof.Problems.Count > 0 ? proof.Problems[0].Message : "the image does not say what it was built from (org.opencontainers.image.revision)";
        throw DeployException.Undecided($"cannot tell the commit of {image}, which {environment} runs: {why}", "name it with --base REV");
    }

    /// <summary>The image that most of an environment's manifests name: amid a rollout it is the one that still carries the load.</summary>
    private static ImageReference MostCommonImage(SiteTree tree, string environment)
    {
        var images = tree.Sites(new SiteEnvironment(environment, GatePolicy.None)).Select(ImageOf).OfType<ImageReference>();
        var most = images.GroupBy(image => image).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal);
        return most.FirstOrDefault()?.Key
            ?? throw DeployException.BadInput(
                $"no manifest below {Path.Combine(tree.Root, environment)} names an image", "name an environment of sites/, or compare with --base REV");
    }

    private static ImageReference? ImageOf(Site site)
    {
        var fault = DetectorManifest.TryParse(File.ReadAllBytes(site.DetectorManifestPath), out var manifest);
        return fault is null && ImageReference.TryParse(manifest.Image, out var image) ? image : null;
    }
}
