using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>A site's own copy of the repository, as Flux's source controller keeps one.</summary>
/// <param name="directory">Where the copy lies.</param>
/// <param name="remote">Where it is fetched from.</param>
/// <param name="branch">The branch that the site follows.</param>
internal sealed class SiteMirror(string directory, string remote, string branch)
{
    private const string Tracking = "refs/remotes/origin/followed";

    private readonly GitProcess _git = new(directory);

    /// <summary>Fetches the branch and returns the commit it is at, or why that is not known.</summary>
    public async Task<(string? Commit, string? Fault)> FetchAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(Path.Combine(directory, "objects")))
        {
            Directory.CreateDirectory(directory);
            await _git.RunAsync(cancellation, "init", "--quiet", "--bare");
        }

        var fetch = await _git.TryAsync(cancellation, "fetch", "--quiet", "--no-tags", remote, $"+refs/heads/{branch}:{Tracking}");
        return fetch.Succeeded
            ? ((await _git.RunAsync(cancellation, "rev-parse", Tracking)).Trim(), null)
            : (null, $"git fetch failed: {fetch.Cause}");
    }

    /// <summary>The hash of a folder at a commit: equal as long as nothing in it changes. Null when it is not there.</summary>
    public async Task<string?> FolderHashAsync(string commit, string folder, CancellationToken cancellation)
    {
        var result = await _git.TryAsync(cancellation, "rev-parse", "--quiet", "--verify", $"{commit}:{folder}");
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>The manifest of a folder at a commit.</summary>
    /// <exception cref="DeployException">It is not there, or is not valid.</exception>
    public async Task<DetectorManifest> ReadManifestAsync(string commit, string folder, CancellationToken cancellation)
    {
        var path = $"{folder}/{SiteFiles.FaceDetector}";
        var result = await _git.TryAsync(cancellation, "show", $"{commit}:{path}");
        if (!result.Succeeded)
        {
            throw DeployException.BadInput($"{path} is not in commit {commit[..12]}", "commit it");
        }

        return DetectorManifest.TryParse(System.Text.Encoding.UTF8.GetBytes(result.Output), out var manifest) is { } fault
            ? throw DeployException.BadInput($"{path}:{fault.Position.Line}: {fault.Message}", "fix the manifest and commit it")
            : manifest;
    }
}
