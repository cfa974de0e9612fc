using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Rehearsal.SiteAgents;
using FaceEdge.Deploy.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>A site with a script for its image, unpacked beforehand: no registry is asked.</summary>
public sealed class SiteAgentRestartTests : IDisposable
{
    private const string Registry = "localhost:1";

    /// <summary>Runs until it is told to end.</summary>
    private const string Script = """
        #!/bin/sh
        until [ -e "$TMPDIR/end" ]; do sleep 0.02; done
        rm "$TMPDIR/end"
        """;

    private static readonly string Digest = new('1', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-restart-");

    private string Remote => Path.Combine(_folder.FullName, "remote");

    private string Site => Path.Combine(_folder.FullName, "site");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_process_that_cannot_be_started_again_is_started_the_next_time()
    {
        Unpack();
        await CommitAsync();
        using var ready = new TcpListenerLoop(0, SayReadyAsync);
        using var registry = new RegistryClient(
            new RegistryHttp(new RegistryClientOptions((_, _) => Task.FromResult<RegistryCredentials?>(null), Insecure: true), TimeProvider.System));
        var starts = 0;
        await using var agent = new SiteAgent(
            new SiteAddress("qa", "qa", "sites/qa", FreePort.Take()),
            new SiteSettings(Site, Remote, "main", Registry, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(3)),
            registry,
            TimeProvider.System,
            (image, environment, mounts, _, log) => ++starts == 2
                ? throw new IOException("no file descriptor is left")
                : DetectorProcess.Start(image, environment, mounts, ready.Port, log));
        await Rehearsed.WaitAsync(() => agent.Status.State == SiteState.Ready, "the first process is ready");

        await File.WriteAllTextAsync(Path.Combine(Site, "volumes", "tmp", "end"), "", Cancellation);
        await Rehearsed.WaitAsync(() => agent.Status.Error == "started again: it could not be started", "the site recovers");

        Assert.Equal(SiteState.Ready, agent.Status.State);
        Assert.Equal(3, starts);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private void Unpack()
    {
        var image = Path.Combine(Site, "images", $"sha256-{Digest}");
        Directory.CreateDirectory(Path.Combine(image, UnpackedImage.RootName));
        ExecutableFile.Write(Path.Combine(image, UnpackedImage.RootName, "waits"), Script);
        File.WriteAllText(Path.Combine(image, UnpackedImage.ConfigName), """{ "config": { "Entrypoint": ["/waits"] } }""");
    }

    private async Task CommitAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Remote, "sites", "qa"));
        DetectorManifest.TryParse(Encoding.UTF8.GetBytes(Fleet.Manifest("qa")), out var manifest);
        await File.WriteAllBytesAsync(
            Path.Combine(folder.FullName, SiteFiles.FaceDetector), manifest.WithImage($"{Registry}/faceedge/face-detector:1@sha256:{Digest}").Bytes, Cancellation);
        var git = new GitProcess(Remote);
        await git.RunAsync(Cancellation, "init", "--quiet", "--initial-branch=main");
        await git.RunAsync(Cancellation, "add", "--all");
        await git.RunAsync(Cancellation, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgSign=false", "commit", "--quiet", "-m", "Release");
    }

    private static async Task SayReadyAsync(Stream caller)
    {
        await caller.ReadAtLeastAsync(new byte[4096], 1);
        await caller.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
    }
}
