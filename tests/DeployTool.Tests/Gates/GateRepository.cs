using System.Diagnostics;

namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>A small Git repository in a temporary folder.</summary>
internal sealed class GateRepository : IDisposable
{
    public GateRepository()
    {
        Git("init", "--quiet", "--initial-branch", "main");
        Commit("README.md", "A repository.");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("faceedge-gate-test-").FullName;

    public string Head => Git("rev-parse", "HEAD").Trim();

    public void Commit(string path, string content)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        Git("add", path);
        Git("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "commit", "--quiet", "--message", $"Change {path}");
    }

    public string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, .. arguments]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
