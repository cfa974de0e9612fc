using System.Text;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>
/// The Git remote of a rehearsal: a bare repository with the branch that sites pull. Each run merges the commit that is rehearsed into
/// it, so that what earlier runs promoted stays.
/// </summary>
internal sealed class RehearsalRemote
{
    public const string Branch = "main";

    private static readonly string[] Identity = ["-c", "user.name=FaceEdge rehearsal", "-c", "user.email=rehearsal@faceedge.invalid", "-c", "commit.gpgSign=false"];

    private readonly GitProcess _desk;
    private readonly string _deskFolder;

    private RehearsalRemote(string url, string deskFolder)
    {
        Url = url;
        _deskFolder = deskFolder;
        _desk = new GitProcess(deskFolder);
    }

    /// <summary>Where the pipeline and the sites fetch from.</summary>
    public string Url { get; }

    /// <summary>Makes the remote where there is none yet.</summary>
    /// <remarks>
    /// <c>given</c>: an address given instead; null for a bare repository in the folder.
    /// </remarks>
    public static async Task<RehearsalRemote> OpenAsync(RehearsalFolder folder, string? given, CancellationToken cancellation)
    {
        if (given is null && !Directory.Exists(folder.Remote))
        {
            Directory.CreateDirectory(folder.Remote);
            await new GitProcess(folder.Remote).RunAsync(cancellation, "init", "--quiet", "--bare", $"--initial-branch={Branch}");
        }

        var remote = new RehearsalRemote(given ?? new Uri(folder.Remote).AbsoluteUri, folder.Desk);
        if (!Directory.Exists(Path.Combine(folder.Desk, ".git")))
        {
            Directory.CreateDirectory(folder.Desk);
            await remote._desk.RunAsync(cancellation, "init", "--quiet", $"--initial-branch={Branch}");
            await remote._desk.RunAsync(cancellation, "remote", "add", "origin", remote.Url);
        }

        await remote._desk.RunAsync(cancellation, "remote", "set-url", "origin", remote.Url);
        return remote;
    }

    /// <summary>Brings a commit onto the remote's branch and fits the policy to this machine.</summary>
    /// <remarks>
    /// <c>source</c>: the repository that is rehearsed.
    /// <c>commit</c>: its commit.
    /// <c>repository</c>: registry and path of the rehearsal's image.
    /// <c>isUngated</c>: whether the policy's gates on the image itself are taken out.
    /// </remarks>
    /// <returns>The commit that the branch is at then, which the run is of.</returns>
    public async Task<string> TakeAsync(GitRepository source, string commit, string repository, bool isUngated, CancellationToken cancellation)
    {
        await _desk.RunAsync(cancellation, "fetch", "--quiet", "--no-tags", new Uri(source.GitDirectory).AbsoluteUri, $"+{commit}:refs/rehearsal/source");
        await _desk.RunAsync(cancellation, "fetch", "--quiet", "--no-tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
        var there = await _desk.TryAsync(cancellation, "rev-parse", "--quiet", "--verify", $"refs/remotes/origin/{Branch}");
        await _desk.RunAsync(cancellation, "checkout", "--quiet", "--force", "-B", Branch, there.Succeeded ? $"refs/remotes/origin/{Branch}" : "refs/rehearsal/source");
        var merge = await _desk.TryAsync(cancellation, [.. Identity, "merge", "--quiet", "--no-edit", "-m", $"Merge {commit[..12]} into the rehearsal", "refs/rehearsal/source"]);
        if (!merge.Succeeded)
        {
            await _desk.TryAsync(cancellation, "merge", "--abort");
            // Conflicts are what git merge tells on its standard output.
            var why = merge.Output.Split('\n').FirstOrDefault(line => line.StartsWith("CONFLICT ", StringComparison.Ordinal)) ?? merge.Cause;
            throw DeployException.BadInput($"{commit[..12]} cannot be merged with what earlier runs of this rehearsal promoted: {why}", "give a fresh --folder");
        }

        await FitAsync(repository, isUngated, cancellation);
        await _desk.RunAsync(cancellation, "push", "--quiet", "origin", $"HEAD:refs/heads/{Branch}");
        return (await _desk.RunAsync(cancellation, "rev-parse", "HEAD")).Trim();
    }

    /// <summary>The checkout of the run's commit, to read the pipeline and the sites from.</summary>
    public string Checkout => _deskFolder;

    public Task<GitRepository> OpenCheckoutAsync(CancellationToken cancellation) => GitRepository.OpenAsync(_deskFolder, cancellation);

    /// <summary>
    /// Fits the policy to this machine, and with it what the sites run, which must be the policy's image: tag and digest stay.
    /// </summary>
    private async Task FitAsync(string repository, bool isUngated, CancellationToken cancellation)
    {
        const string path = $"{DesiredState.SitesFolder}/{PolicyFile.FileName}";
        var full = Path.Combine(_deskFolder, path);
        if (!File.Exists(full))
        {
            throw DeployException.BadInput($"{path} is not in the commit", "commit it");
        }

        var before = await File.ReadAllBytesAsync(full, cancellation);
        await File.WriteAllBytesAsync(full, PolicyFit.Apply(before, repository, isUngated), cancellation);

        var source = await _desk.RunAsync(cancellation, "show", $"refs/rehearsal/source:{path}");
        if (PolicyFile.Parse(Encoding.UTF8.GetBytes(source)).Policy is { } policy)
        {
            foreach (var manifest in Directory.EnumerateFiles(Path.Combine(_deskFolder, DesiredState.SitesFolder), SiteFiles.FaceDetector, SearchOption.AllDirectories))
            {
                var text = await File.ReadAllTextAsync(manifest, cancellation);
                await File.WriteAllTextAsync(manifest, text.Replace($"{policy.Image.Repository}:", $"{repository}:", StringComparison.Ordinal), cancellation);
            }
        }

        if ((await _desk.RunAsync(cancellation, "status", "--porcelain", "--untracked-files=no")).Length > 0)
        {
            await _desk.RunAsync(
                cancellation, [.. Identity, "commit", "--quiet", "--no-verify", "-m", "Fit the sites to a rehearsal on one machine", "--", DesiredState.SitesFolder]);
        }
    }
}
