using System.Diagnostics;
using System.Net.Sockets;

namespace FaceEdge.Pipeline.Tests;

/// <summary>
/// A <c>docker</c> on PATH that says what a test tells it and notes how it was called, so that build/image meets the Dockers of the field:
/// without buildx, too old, silent, or with the engine's socket in the home folder.
/// </summary>
internal sealed class FakeDocker : IDisposable
{
    /// <summary>Each call is a line of the log: the engine that DOCKER_HOST names, then the arguments.</summary>
    private const string Script = """
        #!/bin/sh
        echo "${DOCKER_HOST:-default} $*" >>"$FAKE/log"
        case "$1 $2" in
          "version "*)
            [ -n "${DOCKER_HOST:-}" ] || [ ! -f "$FAKE/silent" ] || { cat "$FAKE/silent" >&2; exit 1; }
            echo 28.2.2 ;;
          "buildx version") [ -f "$FAKE/buildx" ] || { echo "docker: unknown command: docker buildx" >&2; exit 1; }; cat "$FAKE/buildx" ;;
          "buildx inspect") [ -f "$FAKE/builder" ] || { echo "ERROR: no builder \"$3\" found" >&2; exit 1; }; cat "$FAKE/builder" ;;
          "buildx create") printf 'Name:   faceedge\nDriver: docker-container\n\nNodes:\nBuildKit version: v0.17.0\n' >"$FAKE/builder" ;;
          "buildx build")
            while [ $# -gt 0 ]; do
              [ "$1" != --metadata-file ] || printf '{\n  "containerimage.digest": "sha256:%064d"\n}\n' 7 >"$2"
              shift
            done ;;
          "login "*) cat >/dev/null; [ ! -f "$FAKE/refuses" ] || { cat "$FAKE/refuses" >&2; exit 1; } ;;
        esac

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-docker-");
    private Socket? _engine;

    public FakeDocker()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "bin"));
        ExecutableFile.Write(Path.Combine(_folder.FullName, "bin/docker"), Script.ReplaceLineEndings("\n"));
        Write("buildx", "github.com/docker/buildx v0.17.1 257815a\n");
    }

    /// <summary>A builder named faceedge that was made before, of this driver and BuildKit.</summary>
    public FakeDocker WithBuilder(string driver, string buildKit) => With("builder", $"Name: faceedge\nDriver: {driver}\n\nNodes:\nBuildKit version: {buildKit}\n");

    /// <param name="version">As <c>docker buildx version</c> prints it; null for a Docker without buildx.</param>
    public FakeDocker WithBuildx(string? version)
    {
        File.Delete(Path.Combine(_folder.FullName, "buildx"));
        return version is null ? this : With("buildx", $"github.com/docker/buildx {version} 257815a\n");
    }

    /// <summary>The default engine does not answer, and docker says this.</summary>
    public FakeDocker WithoutAnswer(string says) => With("silent", says + "\n");

    /// <summary>An engine whose socket lies in the home folder alone.</summary>
    public FakeDocker WithSocketInHome()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, ".docker/run"));
        _engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _engine.Bind(new UnixDomainSocketEndPoint(SocketInHome));
        return this;
    }

    public string SocketInHome => Path.Combine(_folder.FullName, ".docker/run/docker.sock");

    /// <summary>The registry refuses every login with these words.</summary>
    public FakeDocker WithRefusedLogin(string says) => With("refuses", says + "\n");

    /// <summary>Runs build/image beside this docker; where no engine is named, there is no other.</summary>
    public async Task<(int ExitCode, string Output, string Error, IReadOnlyList<string> Calls)> BuildAsync(string? password, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "build/image"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOCKER_", StringComparison.Ordinal) || name.StartsWith("BUILDX_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = $"{Path.Combine(_folder.FullName, "bin")}{Path.PathSeparator}{start.Environment["PATH"]}";
        start.Environment["HOME"] = _folder.FullName;
        start.Environment["FAKE"] = _folder.FullName;
        start.Environment["DEPLOY_TOOL_REGISTRY_USERNAME"] = password is null ? null : "pusher";
        start.Environment["DEPLOY_TOOL_REGISTRY_PASSWORD"] = password;

        // A home of its own has no safe.directory, and a checkout may belong to somebody else.
        start.Environment["GIT_CONFIG_COUNT"] = "1";
        start.Environment["GIT_CONFIG_KEY_0"] = "safe.directory";
        start.Environment["GIT_CONFIG_VALUE_0"] = "*";
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var log = Path.Combine(_folder.FullName, "log");
        return (process.ExitCode, await output, await error, File.Exists(log) ? await File.ReadAllLinesAsync(log, cancellation) : []);
    }

    public void Dispose()
    {
        _engine?.Dispose();
        _folder.Delete(recursive: true);
    }

    private FakeDocker With(string file, string text)
    {
        Write(file, text);
        return this;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);
}
