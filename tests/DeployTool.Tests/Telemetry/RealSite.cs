using System.Diagnostics;
using FaceEdge.Contracts;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>One site with the real service behind it: a process that is restarted with the settings of each image that Git wants.</summary>
internal sealed class RealSite : IAsyncDisposable
{
    private readonly Func<string, IReadOnlyDictionary<string, string>> _settingsOf;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _living;
    private Process? _service;

    /// <param name="site">What Git wants of it, as the simulated host of the same name learns it.</param>
    /// <param name="settingsOf">The settings that an image stands for; <c>crash</c> is how many seconds it lives.</param>
    public RealSite(SimulatedSite site, Func<string, IReadOnlyDictionary<string, string>> settingsOf)
    {
        _settingsOf = settingsOf;
        Address = $"127.0.0.1:{FreePort.Take()}";
        _living = LiveAsync(site);
    }

    public string Address { get; }

    public static string Service => Path.Combine(Fleet.RepositoryRoot, "face-detector/bin/Debug/net10.0/face-detector.dll");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _living;
        _stop.Dispose();
    }

    private async Task LiveAsync(SimulatedSite site)
    {
        var running = "";
        var started = DateTimeOffset.UtcNow;
        while (!_stop.IsCancellationRequested)
        {
            var image = site.Run(DateTimeOffset.UtcNow);
            var settings = _settingsOf(image);
            var life = settings.TryGetValue("crash", out var seconds) ? TimeSpan.FromSeconds(int.Parse(seconds, null)) : Timeout.InfiniteTimeSpan;
            if (running != image || (life > TimeSpan.Zero && DateTimeOffset.UtcNow - started > life))
            {
                End();
                (running, started) = (image, DateTimeOffset.UtcNow);
                _service = Start(running, settings);
            }

            await Task.Delay(100, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        End();
    }

    private Process Start(string image, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Service]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Service)! };
        start.Environment["ASPNETCORE_URLS"] = $"http://{Address}";
        start.Environment["Site__Image"] = image;
        start.Environment["Detector__MaxFramesPerSecond"] = "5";
        foreach (var (key, value) in settings.Where(one => one.Key != "crash"))
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void End()
    {
        if (_service is { HasExited: false })
        {
            _service.Kill();
            _service.WaitForExit();
        }

        _service?.Dispose();
        _service = null;
    }
}
