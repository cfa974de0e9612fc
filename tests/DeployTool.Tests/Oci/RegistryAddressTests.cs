using System.Net;
using System.Net.Sockets;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Where a registry is asked, and what is said when it speaks the other one of http and https.</summary>
public sealed class RegistryAddressTests
{
    [Theory]
    [InlineData("docker.io/nginx:1", "https://registry-1.docker.io/", "library/nginx")]
    [InlineData("docker.io/library/nginx:1", "https://registry-1.docker.io/", "library/nginx")]
    [InlineData("docker.io/faceedge/face-detector:1", "https://registry-1.docker.io/", "faceedge/face-detector")]
    [InlineData("registry.example.com/nginx:1", "https://registry.example.com/", "nginx")]
    [InlineData("localhost:5000/nginx:1", "http://localhost:5000/", "nginx")]
    [InlineData("127.0.0.1:5000/nginx:1", "http://127.0.0.1:5000/", "nginx")]
    public void A_reference_leads_to_its_registrys_api(string reference, string address, string path)
    {
        var image = ImageReference.Parse(reference);

        Assert.Equal((address, path), (RegistryAddress.Of(image.Registry, insecure: false), RegistryAddress.PathOf(image)));
    }

    [Fact]
    public async Task A_registry_that_speaks_plain_http_and_is_asked_by_https_is_reported_so()
    {
        var name = Dns.GetHostName();
        Assert.SkipWhen(RegistryAddress.IsLoopback(name), "This machine has no name but localhost, which is asked in plain http.");
        using var plain = new BluntServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        Assert.SkipUnless(await plain.IsReachedAsync(name), "This machine's own name leads nowhere.");

        var run = await VerifyAsync($"{name}:{plain.Port}");

        Assert.Equal(3, run.Status);
        Assert.StartsWith($"error: no secure connection to registry {name}:{plain.Port}: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(": it seems to speak plain http: --insecure asks it so", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_speaks_TLS_and_is_asked_in_plain_http_is_reported_so()
    {
        // TLS 1.2, alert, fatal: unexpected message
        using var secure = new BluntServer([0x15, 3, 3, 0, 2, 2, 10]);

        var run = await VerifyAsync($"localhost:{secure.Port}");

        Assert.Equal(3, run.Status);
        Assert.StartsWith($"error: registry localhost:{secure.Port} was asked in plain http and gives no answer: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            "if it speaks TLS, name it by a host name that its certificate has: localhost is asked in plain http; else try again later", run.Error, StringComparison.Ordinal);
    }

    private static Task<Invocation> VerifyAsync(string host) => Invocation.RunAsync(
        Program.CreateCommands(), ["verify-image", $"{host}/faceedge/face-detector:1.0.0", "-q"], Environment.CurrentDirectory, new InstantTime(), cancellation: TestContext.Current.CancellationToken);

    /// <summary>Answers whatever it is asked with the same bytes, and hangs up.</summary>
    private sealed class BluntServer : IDisposable
    {
        private readonly TcpListener _listener = TcpListener.Create(0);
        private readonly byte[] _answer;

        public BluntServer(byte[] answer)
        {
            _answer = answer;
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = ServeAsync();
        }

        public int Port { get; }

        public async Task<bool> IsReachedAsync(string host)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(host, Port, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await AnswerAsync(client);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            try
            {
                var stream = client.GetStream();
                if (await stream.ReadAsync(new byte[1024]) > 0)
                {
                    await stream.WriteAsync(_answer);
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }
}
