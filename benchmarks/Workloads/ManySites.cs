using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>A Git repository with one environment of many sites, in a temporary folder.</summary>
internal sealed partial class ManySites : IDisposable
{
    private const string Repository = "registry.example.com/faceedge/face-detector";

    private readonly string _root = Directory.CreateTempSubdirectory("faceedge-sites-").FullName;
    private string _start = "";

    private ManySites()
    {
    }

    public static string NewImage { get; } = $"{Repository}:0.2.0@sha256:{new string('1', 64)}";

    public static ManySites Create(int count) => Create(count, null);

    /// <summary>The same for <c>rollout</c>: one wave that takes every site.</summary>
    public static ManySites CreateWithWaves(int count) => Create(count, "version: 1\nrollouts: [{environment: production, waves: [{name: all}]}]\n");

    /// <summary>The same with all files of a site, rendered from the tests' template and an inventory of four lines a site.</summary>
    public static ManySites CreateRendered(int count)
    {
        var sites = Create(0, null);
        foreach (var name in typeof(ManySites).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            sites.Write($"sites/template/{name}", ReadResource(name));
        }

        for (var i = 0; i < count; i++)
        {
            sites.Write($"sites/inventory/production/site-{i:0000}.yaml", $"pool: 192.168.1.240-192.168.1.249\nnetwork: lan-{i:0000}\nlabels:\n  ring: {(i % 3 == 0 ? "canary" : "all")}\n{(i % 10 == 0 ? "fragments: [second-camera]\n" : "")}");
        }

        sites.Tool("render");
        sites.Git("-c", "core.looseCompression=0", "add", "--all");
        sites.Git("commit", "--quiet", "--message", "Render");

        // As a fresh clone has it: thousands of loose objects are slow to read.
        sites.Git("repack", "-a", "-d", "--quiet", "--window=0");
        sites._start = sites.Git("rev-parse", "HEAD").Trim();
        return sites;
    }

    /// <summary>Another memory limit in the template.</summary>
    public void EditTemplate()
    {
        var path = Path.Combine(_root, "sites/template/face-detector.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("memory: 512Mi", "memory: 640Mi", StringComparison.Ordinal));
    }

    /// <summary>Renders every site into the work tree.</summary>
    /// <exception cref="InvalidOperationException">The command did not succeed; carries what it said.</exception>
    public void Render() => Tool("render");

    /// <summary>The same, in one commit with the template.</summary>
    /// <exception cref="InvalidOperationException">The command did not succeed; carries what it said.</exception>
    public void RenderAndCommit() => Tool("render", "--commit", "--no-push");

    /// <summary>Shows how the environment stands, without a registry.</summary>
    /// <exception cref="InvalidOperationException">The command did not succeed; carries what it said.</exception>
    public void Status() => Tool("status", "--offline");

    private static ManySites Create(int count, string? waves)
    {
        var sites = new ManySites();
        sites.Git("init", "--quiet", "--initial-branch", "main");
        sites.Git("config", "user.name", "Benchmark");
        sites.Git("config", "user.email", "benchmark@example.com");
        sites.Git("config", "gc.auto", "0");
        sites.Write("sites/environments.yaml", Policy);
        for (var i = 0; i < count; i++)
        {
            sites.Write($"sites/production/site-{i:0000}/face-detector.yaml", Manifest(i));
            sites.Write($"sites/production/site-{i:0000}/telemetry.yaml", ReadResource("telemetry.yaml").Replace("value: qa", $"value: site-{i:0000}", StringComparison.Ordinal));
        }

        if (waves is not null)
        {
            sites.Write("sites/rollout.yaml", waves);
        }

        sites.Git("add", "--all");
        sites.Git("commit", "--quiet", "--message", "Begin");
        sites._start = sites.Git("rev-parse", "HEAD").Trim();
        return sites;
    }

    /// <summary>A site's face-detector.yaml as the tests' fleet has it, with a name and a settings hash of its own.</summary>
    public static string Manifest(int site)
    {
        return SettingsHash().Replace(
            ReadResource("face-detector.yaml").Replace("Site__Name: qa-lab", $"Site__Name: site-{site:0000}", StringComparison.Ordinal),
            Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(site))));
    }

    private static string ReadResource(string name)
    {
        using var resource = typeof(ManySites).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    /// <summary>Back to the state before the promotion.</summary>
    public void Undo() => Git("reset", "--quiet", "--hard", _start);

    /// <exception cref="InvalidOperationException">The command did not succeed; carries what it said.</exception>
    public void Promote() => Run("promote", "--to", "production");

    /// <exception cref="InvalidOperationException">The command did not succeed; carries what it said.</exception>
    public void Rollout() => Run("rollout", "--env", "production");

    private void Run(params string[] command) => Tool([.. command, "--image", NewImage, "--skip-image-check", "--skip-gates", "--no-push"]);

    private void Tool(params string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CommandEnvironment { Output = output, Error = error, WorkingDirectory = _root };
        string[] args = [.. command, "--quiet", "--output", "json"];
        var status = CommandFrame.InvokeAsync(Deploy.Program.CreateCommands(), args, environment).GetAwaiter().GetResult();
        if (status != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {status}: {error}");
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Policy =>
        $$"""
        version: 1
        image:
          repository: {{Repository}}
          platforms: [linux/amd64, linux/arm64]
        environments:
          - name: production
            gates: {}

        """;

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", _root, .. arguments]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}");
    }

    [GeneratedRegex("(?<=settings-sha256: )[0-9a-f]{64}")]
    private static partial Regex SettingsHash();
}
