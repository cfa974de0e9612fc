using System.Diagnostics;
using System.Globalization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>One face-detector process of a site, what a pod is on a host.</summary>
internal sealed class DetectorProcess : IAsyncDisposable
{
    private const string HomeVariable = "DOTNET_ROOT";
    private static readonly string[] DotNetHomes = ["/usr/share/dotnet", "/usr/lib/dotnet"];
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _gate = new();
    private string? _lastLine;
    private string? _faultLine;

    private DetectorProcess(Process process, StreamWriter log, int port)
    {
        _process = process;
        _log = log;
        Port = port;
    }

    /// <summary>Where it listens, on the loopback address alone.</summary>
    public int Port { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>In one line, why it ended.</summary>
    public string Ending => string.Create(CultureInfo.InvariantCulture, $"face-detector ended with {_process.ExitCode}: {_faultLine ?? _lastLine ?? "it wrote nothing"}");

    /// <inheritdoc cref="StartDetector"/>
    public static DetectorProcess Start(
        UnpackedImage image, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> mounts, int port, string logFile)
    {
        var program = image.Command.Count > 0 ? image.Command[0] : throw DeployException.BadInput("the image names no command", "build it again");
        var start = ChildProcess.Piped(image.Locate(program), image.Command.Skip(1));
        start.WorkingDirectory = image.Locate(image.WorkingDirectory);
        start.Environment.Clear();
        foreach (var (name, value) in image.Environment.Where(one => one.Key != "PATH" && !one.Key.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).Concat(environment))
        {
            start.Environment[name] = Mounted(value, mounts);
        }

        start.Environment["PATH"] = $"{image.Locate("/usr/local/bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = mounts.GetValueOrDefault("/tmp") ?? Path.GetTempPath();
        start.Environment["TMPDIR"] = mounts.GetValueOrDefault("/tmp") ?? Path.GetTempPath();
        start.Environment[HomeVariable] = DotNetOf(image);
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        if (!File.Exists(start.FileName))
        {
            throw DeployException.BadInput($"the image has no {program}", "build it again");
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        var started = new DetectorProcess(process, new StreamWriter(logFile, append: true) { AutoFlush = true }, port);
        process.OutputDataReceived += (_, line) => started.Write(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => started.Write(line.Data, isError: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await ChildProcess.StopAsync(_process, Grace);
        lock (_gate)
        {
            _log.Dispose();
        }

        _process.Dispose();
    }

    /// <summary>A variable that names a mounted path names the folder behind it.</summary>
    private static string Mounted(string value, IReadOnlyDictionary<string, string> mounts) =>
        mounts.OrderByDescending(mount => mount.Key.Length).Where(mount => value == mount.Key || value.StartsWith(mount.Key + "/", StringComparison.Ordinal))
            .Select(mount => mount.Value + value[mount.Key.Length..]).FirstOrDefault() ?? value;

    /// <summary>The image's own .NET; an image without one (build/image --engine publish) runs on this machine's.</summary>
    private static string DotNetOf(UnpackedImage image) =>
        DotNetHomes.Select(image.Locate).FirstOrDefault(Directory.Exists)
        ?? Environment.GetEnvironmentVariable(HomeVariable)
        ?? Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private void Write(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lastLine = line.Trim().Length > 0 ? line.Trim() : _lastLine;
            _faultLine = isError && _faultLine is null && line.Trim().Length > 0 ? line.Trim() : _faultLine;
            if (_log.BaseStream is { CanWrite: true })
            {
                _log.WriteLine(line);
            }
        }
    }
}

/// <summary>Starts the image's command.</summary>
/// <param name="image">Unpacked.</param>
/// <param name="environment">The pod's variables, which win over the image's.</param>
/// <param name="mounts">Folders of this machine by the paths in the pod where they are mounted.</param>
/// <param name="port">Where it is to listen, on the loopback address.</param>
/// <param name="logFile">Gets its output.</param>
internal delegate DetectorProcess StartDetector(
    UnpackedImage image, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> mounts, int port, string logFile);
