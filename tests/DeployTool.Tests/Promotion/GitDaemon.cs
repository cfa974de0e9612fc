using System.Diagnostics;
using System.Net.Sockets;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>Serves a folder's repositories over git://, by a process that does not die with its clients, as a real remote.</summary>
internal sealed class GitDaemon : IAsyncDisposable
{
    private readonly Process _process;

    private GitDaemon(string folder, int port)
    {
        Url = $"git://127.0.0.1:{port}";
        _process = Process.Start(
            "git", ["daemon", "--reuseaddr", "--listen=127.0.0.1", $"--port={port}", "--export-all", "--enable=receive-pack", $"--base-path={folder}", folder]);
    }

    /// <summary>Address of the folder.</summary>
    public string Url { get; }

    public static async Task<GitDaemon> StartAsync(string folder)
    {
        var port = FreePort.Take();
        var daemon = new GitDaemon(folder, port);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return daemon;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(5) && !daemon._process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
