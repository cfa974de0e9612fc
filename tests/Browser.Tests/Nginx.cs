using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FaceEdge.Contracts;

namespace FaceEdge.Tests.Browser;

/// <summary>Debian's nginx before a service, on a port of its own, with one location as a user would write it.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Nginx(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Where it listens, on the loopback interface.</summary>
    public int Port { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it; skips the test where there is none.</summary>
    /// <param name="location">What stands in the server block.</param>
    public static async Task<Nginx> StartAsync(string location)
    {
        Assert.SkipUnless(File.Exists(Program), "There is no nginx on this machine: apt-get install nginx.");
        var port = FreePort.Take();
        var folder = Directory.CreateTempSubdirectory("faceedge-nginx-");
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder.FullName, port, location), Cancellation);
        var process = Process.Start(new ProcessStartInfo(Program, ["-p", folder.FullName, "-c", configuration, "-e", "stderr"]) { RedirectStandardError = true })!;
        var nginx = new Nginx(process, folder, port);
        await nginx.AnswersAsync();
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Its own child ends with it only when it is asked to.
            using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        while (true)
        {
            Assert.False(_process.HasExited, _process.HasExited ? await _process.StandardError.ReadToEndAsync(Cancellation) : "");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, Cancellation);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, Cancellation);
            }
        }
    }

    /// <summary>One process that stays in the foreground and writes nowhere but into its folder.</summary>
    private static string Configuration(string folder, int port, string location) => $$"""
        daemon off;
        master_process off;
        pid {{folder}}/nginx.pid;
        events { }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            server {
                listen 127.0.0.1:{{port}};
                {{location}}
            }
        }
        """;
}
