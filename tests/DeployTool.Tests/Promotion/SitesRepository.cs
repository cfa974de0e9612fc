using System.Text;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>A bare remote and a clone of it, in a temporary directory, with a sites folder of three environments.</summary>
internal sealed class SitesRepository : IDisposable
{
    public const string Image = "registry.example.com/faceedge/face-detector";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("deploy-tool-");

    private SitesRepository()
    {
        Clone = Path.Combine(_directory.FullName, "clone");
        Remote = Path.Combine(_directory.FullName, "remote.git");
        Git = new GitProcess(Clone);
    }

    public string Clone { get; }

    public string Remote { get; }

    public string Folder => _directory.FullName;

    public GitProcess Git { get; }

    /// <summary>Creates the two with these gates (YAML flow mappings) in front of the environments.</summary>
    public static async Task<SitesRepository> CreateAsync(string qa = "{}", string uat = "{}", string production = "{}", string repository = Image)
    {
        var policy = Policy(repository, qa, uat, production);
        var template = await RepositoryTemplates.GetAsync(policy, () => BeginAsync(policy, repository));
        var sites = new SitesRepository();
        RepositoryTemplates.Copy(template._directory, sites._directory);
        return sites;
    }

    /// <summary>A pinned reference whose digest is made of one hex digit.</summary>
    public static string Pinned(string tag, char digit, string repository = Image) => $"{repository}:{tag}@sha256:{new string(digit, 64)}";

    public static string Manifest(string image, string labels = "") =>
        $"""
        # The face-detection service.
        apiVersion: v1
        kind: Namespace
        metadata:
          name: face-detector
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: face-detector
          labels: {'{'}app: face-detector{labels}{'}'}
        spec:
          template:
            spec:
              containers:
              - name: face-detector   # promoted by deploy-tool
                image: "{image}"

                ports: [{'{'}containerPort: 8080{'}'}]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: face-detector
        """ + "\n";

    /// <summary>Another clone of the same remote.</summary>
    public async Task<string> CloneAsync(string name)
    {
        var path = Path.Combine(Folder, name);
        await new GitProcess(Folder).RunAsync(CancellationToken.None, "clone", "--quiet", Remote, path);
        var git = new GitProcess(path);
        await git.RunAsync(CancellationToken.None, "config", "user.name", name);
        await git.RunAsync(CancellationToken.None, "config", "user.email", $"{name}@example.com");
        await git.RunAsync(CancellationToken.None, "config", "gc.auto", "0");
        return path;
    }

    /// <summary>Pushes a file from another clone.</summary>
    public async Task PushFromElsewhereAsync(string path, string text)
    {
        var clone = await CloneAsync("elsewhere");
        await File.WriteAllTextAsync(Path.Combine(clone, path), text);
        var git = new GitProcess(clone);
        await git.RunAsync(CancellationToken.None, "add", "--all");
        await git.RunAsync(CancellationToken.None, "commit", "--quiet", "-m", "From elsewhere");
        await git.RunAsync(CancellationToken.None, "push", "--quiet");
    }

    /// <summary>Gives the remote a hook that says whether it takes a push.</summary>
    public Task HookPushesAsync(string script) => WriteScriptAsync(Path.Combine(Remote, "hooks", "pre-receive"), script);

    /// <summary>Gives the clone a hook of this name.</summary>
    public Task HookCloneAsync(string name, string script) => WriteScriptAsync(Path.Combine(Clone, ".git", "hooks", name), script);

    private static Task WriteScriptAsync(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Task.Run(() => ExecutableFile.Write(path, $"#!/bin/sh\n{script}\n"));
    }

    public Task<string> GitAsync(params string[] arguments) => Git.RunAsync(CancellationToken.None, arguments);

    public void Write(string path, string text)
    {
        var full = Path.Combine(Clone, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text, new UTF8Encoding(false));
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Clone, path));

    public async Task CommitAsync(string message)
    {
        await Git.RunAsync(CancellationToken.None, "add", "--all");
        await Git.RunAsync(CancellationToken.None, "commit", "--quiet", "-m", message);
    }

    /// <summary>A file of the remote's main branch.</summary>
    public Task<string> RemoteFileAsync(string path) => new GitProcess(Remote).RunAsync(CancellationToken.None, "show", $"main:{path}");

    /// <summary>The message of the remote's newest commit.</summary>
    public Task<string> RemoteMessageAsync() => new GitProcess(Remote).RunAsync(CancellationToken.None, "log", "-1", "--format=%B", "main");

    /// <summary>The trailers of that message as git reads them.</summary>
    public async Task<string> ParsedTrailersAsync()
    {
        var message = Encoding.UTF8.GetBytes(await RemoteMessageAsync());
        var parsed = await Git.RunAsync(["interpret-trailers", "--parse"], async input => await input.WriteAsync(message), CancellationToken.None);
        return parsed.Output;
    }

    public async Task<int> RemoteCommitsAsync() =>
        int.Parse(await new GitProcess(Remote).RunAsync(CancellationToken.None, "rev-list", "--count", "main"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Runs deploy-tool in the clone.</summary>
    public Task<Invocation> RunAsync(params string[] args) => Invocation.RunInAsync(Clone, args);

    /// <summary>Promotes without asking a registry.</summary>
    public Task<Invocation> PromoteAsync(string to, string? image, params string[] more) =>
        RunAsync(["promote", "--to", to, .. image is null ? [] : new[] { "--image", image }, "--skip-image-check", "--quiet", .. more]);

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>The two as git makes them, with one commit.</summary>
    private static async Task<SitesRepository> BeginAsync(string policy, string repository)
    {
        var sites = new SitesRepository();
        await new GitProcess(sites.Folder).RunAsync(CancellationToken.None, "init", "--quiet", "--bare", "-b", "main", sites.Remote);
        await new GitProcess(sites.Folder).RunAsync(CancellationToken.None, "init", "--quiet", "-b", "main", sites.Clone);
        foreach (var (key, value) in new[] { ("user.name", "Operator"), ("user.email", "operator@example.com"), ("gc.auto", "0"), ("commit.gpgsign", "false") })
        {
            await sites.Git.RunAsync(CancellationToken.None, "config", key, value);
        }

        await sites.Git.RunAsync(CancellationToken.None, "remote", "add", "origin", sites.Remote);
        sites.Write("sites/environments.yaml", policy);
        foreach (var environment in new[] { "qa", "uat", "production" })
        {
            sites.Write($"sites/{environment}/face-detector.yaml", Manifest($"{repository}:0.1.0@sha256:{new string('0', 64)}"));
        }

        await sites.CommitAsync("Begin");
        await sites.Git.RunAsync(CancellationToken.None, "push", "--quiet", "--set-upstream", "origin", "main");
        return sites;
    }

    private static string Policy(string repository, string qa, string uat, string production) =>
        $"""
        version: 1
        image:
          repository: {repository}
          platforms: [linux/amd64, linux/arm64]
        environments:
          - name: qa
            gates: {qa}
          - name: uat
            gates: {uat}
          - name: production
            gates: {production}
        """ + "\n";
}
