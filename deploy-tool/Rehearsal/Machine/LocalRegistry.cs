using System.ComponentModel;
using System.Diagnostics;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>Debian's <c>docker-registry</c> on the loopback address, with its data in the rehearsal's folder.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private LocalRegistry(Process process, string host)
    {
        _process = process;
        Host = host;
    }

    /// <summary>Host and port, as references name them.</summary>
    public string Host { get; }

    /// <exception cref="DeployException">docker-registry is not installed, or does not come up.</exception>
    public static async Task<LocalRegistry> StartAsync(string folder, int port, TimeProvider time, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var config = Path.Combine(folder, "config.yml");
        await File.WriteAllLinesAsync(
            config,
            ["version: 0.1", "log: { level: error }", "storage:", "  filesystem:", $"    rootdirectory: {folder}/data", "http:", $"  addr: 127.0.0.1:{port}"],
            cancellation);
        Process process;
        try
        {
            process = Process.Start(ChildProcess.Piped("docker-registry", "serve", config))!;
        }
        catch (Win32Exception exception)
        {
            throw DeployException.BadInput(
                "docker-registry is not installed", "install it (Debian's package docker-registry), or name a running registry with --registry HOST", exception);
        }

        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new LocalRegistry(process, $"localhost:{port}");
        await registry.WaitAsync(time, cancellation);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.StopAsync(_process, Grace);
        _process.Dispose();
    }

    private async Task WaitAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{Host}/v2/"), cancellation);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                if (_process.HasExited || time.GetElapsedTime(started) > Timeout)
                {
                    throw DeployException.Undecided($"the registry on {Host} does not come up", "see whether something else uses the port, or give a fresh --folder", exception);
                }
            }

            await Task.Delay(Interval, time, cancellation);
        }
    }
}
