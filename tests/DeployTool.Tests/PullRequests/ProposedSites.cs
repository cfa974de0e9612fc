using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.Tests.Forges;

namespace FaceEdge.Deploy.Tests.PullRequests;

/// <summary>A clone and a bare remote of sites, and a host that has pull requests of that remote.</summary>
internal sealed class ProposedSites : IAsyncDisposable
{
    private readonly string _token;

    private ProposedSites(SitesRepository sites, FakeForge forge)
    {
        Sites = sites;
        Forge = forge;
        Remote = new GitProcess(sites.Remote);
        _token = Path.Combine(sites.Folder, "token");
    }

    public SitesRepository Sites { get; }

    public FakeForge Forge { get; }

    public GitProcess Remote { get; }

    public static Task<ProposedSites> CreateAsync(ForgeModel model, string qa = "{}", string uat = "{}", string policy = "") =>
        CreateAsync(model, () => SitesRepository.CreateAsync(qa, uat), policy);

    public static async Task<ProposedSites> CreateAsync(ForgeModel model, Func<Task<SitesRepository>> create, string policy = "")
    {
        var sites = await create();
        var proposed = new ProposedSites(sites, model == ForgeModel.GitHub ? new FakeGitHub(sites.Remote) : new FakeAzureRepos(sites.Remote));
        await File.WriteAllTextAsync(proposed._token, FakeForge.Token + "\n");
        sites.Write("sites/environments.yaml", $"{sites.Read("sites/environments.yaml")}pullRequests:\n  address: {proposed.Forge.Page}\n  host: {proposed.Forge.Kind}\n{policy}");
        await sites.CommitAsync("Name the host");
        await sites.GitAsync("push", "--quiet");
        return proposed;
    }

    /// <summary>Runs a command that proposes its change.</summary>
    public async Task<Invocation> ProposeAsync(params string[] args)
    {
        var run = await Sites.RunAsync([.. args, "--pull-request", "--pull-request-token-file", _token]);
        Assert.DoesNotContain(FakeForge.Token, run.Output + run.Error, StringComparison.Ordinal);
        return run;
    }

    /// <summary>The same on a clock of the test's own, in another clone.</summary>
    public Task<Invocation> ProposeAsync(TimeProvider time, string clone, params string[] args) =>
        Invocation.RunAsync(Program.CreateCommands(), [.. args, "--pull-request", "--pull-request-token-file", _token], clone, time);

    public Task<Invocation> PromoteAsync(string to, string? image, params string[] more) =>
        ProposeAsync(["promote", "--to", to, .. image is null ? [] : new[] { "--image", image }, "--skip-image-check", "--quiet", .. more]);

    /// <summary>What git says of the remote.</summary>
    public async Task<string> RemoteAsync(params string[] arguments) => (await Remote.RunAsync(CancellationToken.None, arguments)).Trim();

    /// <summary>Commits to a branch of the remote as somebody else does.</summary>
    public async Task PushAsync(string branch, string path, string text, string message, params string[] options)
    {
        var clone = Path.Combine(Sites.Folder, Guid.NewGuid().ToString("N"));
        await new GitProcess(Sites.Folder).RunAsync(CancellationToken.None, "clone", "--quiet", "--branch", branch, Sites.Remote, clone);
        var git = new GitProcess(clone);
        await File.WriteAllTextAsync(Path.Combine(clone, path), text);
        await git.RunAsync(CancellationToken.None, "add", "--all");
        await git.RunAsync(CancellationToken.None, ["-c", "user.name=Ben", "-c", "user.email=ben@example.com", "commit", "--quiet", "-m", message, .. options]);
        await git.RunAsync(CancellationToken.None, "push", "--quiet", "--force", "origin", branch);
    }

    public async ValueTask DisposeAsync()
    {
        await Forge.DisposeAsync();
        Sites.Dispose();
    }
}

/// <summary>What a fake host is like.</summary>
public enum ForgeModel
{
    GitHub,
    AzureRepos,
}
