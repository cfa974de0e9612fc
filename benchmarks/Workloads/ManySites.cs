using System.Diagnostics;
using FaceEdge.Deploy.Commands;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>A Git repository with one environment of many sites, in a temporary folder.</summary>
internal sealed class ManySites : IDisposable
{
    private const string Repository = "registry.example.com/faceedge/face-detector";

    private readonly string _root = Directory.CreateTempSubdirectory("faceedge-sites-").FullName;
    private string _start = "";

    private ManySites()
    {
    }

    public static string OldImage { get; } = $"{Repository}:0.1.0@sha256:{new string('0', 64)}";

    public static string NewImage { get; } = $"{Repository}:0.2.0@sha256:{new string('1', 64)}";

    public static ManySites Create(int count)
    {
        var sites = new ManySites();
        sites.Git("init", "--quiet", "--initial-branch", "main");
        sites.Git("config", "user.name", "Benchmark");
        sites.Git("config", "user.email", "benchmark@example.com");
        sites.Git("config", "gc.auto", "0");
        sites.Write("sites/environments.yaml", Policy);
        for (var i = 0; i < count; i++)
        {
            sites.Write($"sites/production/site-{i:0000}/face-detector.yaml", Manifest(OldImage));
        }

        sites.Git("add", "--all");
        sites.Git("commit", "--quiet", "--message", "Begin");
        sites._start = sites.Git("rev-parse", "HEAD").Trim();
        return sites;
    }

    public static string Manifest(string image) =>
        $$"""
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
          labels: {app: face-detector}
        spec:
          template:
            spec:
              containers:
              - name: face-detector   # promoted by deploy-tool
                image: "{{image}}"

                ports: [{containerPort: 8080}]
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: face-detector

        """;

    /// <summary>Back to the state before the promotion.</summary>
    public void Undo() => Git("reset", "--quiet", "--hard", _start);

    /// <exception cref="InvalidOperationException">The command did not succeed; carries what it said.</exception>
    public void Promote()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CommandEnvironment { Output = output, Error = error, WorkingDirectory = _root };
        string[] args = ["promote", "--to", "production", "--image", NewImage, "--skip-image-check", "--skip-gates", "--no-push", "--quiet", "--output", "json"];
        var status = CommandFrame.InvokeAsync(Deploy.Program.CreateCommands(), args, environment).GetAwaiter().GetResult();
        if (status != 0)
        {
            throw new InvalidOperationException($"promote ended with {status}: {error}");
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
}
