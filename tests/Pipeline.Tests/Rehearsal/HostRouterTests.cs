using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Rehearsal.SiteAgents;
using FaceEdge.Deploy.SiteCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Two sites that say their names, behind one router.</summary>
public sealed class HostRouterTests : IAsyncLifetime
{
    private readonly List<WebApplication> _sites = [];
    private readonly int _port = FreePort.Take();
    private HostRouter _router = null!;

    public async ValueTask InitializeAsync()
    {
        var ports = new Dictionary<string, int>();
        foreach (var name in new[] { "berlin-01", "zurich-02" })
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var site = builder.Build();
            site.Urls.Add("http://127.0.0.1:0");
            site.MapGet("/api/v1/info", () => Results.Json(new { version = "1.0.0", environment = "production", site = name, architecture = "x64" }));
            await site.StartAsync(Cancellation);
            _sites.Add(site);
            ports[name] = new Uri(site.Urls.First()).Port;
        }

        _router = new HostRouter(_port, ports);
    }

    public async ValueTask DisposeAsync()
    {
        _router.Dispose();
        foreach (var site in _sites)
        {
            await site.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("berlin-01")]
    [InlineData("zurich-02")]
    public async Task A_site_is_checked_under_its_name(string name)
    {
        using var client = new SiteClient(new Uri($"http://{name}.localhost:{_port}/"));

        Assert.Equal(name, (await client.InfoAsync(Cancellation)).Info?.Site);
        Assert.Equal(name, (await client.InfoAsync(Cancellation)).Info?.Site);
    }

    [Theory]
    [InlineData("paris-03.localhost")]
    [InlineData("berlin-01")]
    [InlineData("")]
    public async Task A_name_that_no_site_has_is_answered_with_those_that_there_are(string host)
    {
        var answer = await SendAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("There are berlin-01.localhost, zurich-02.localhost.\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_an_end_is_hung_up_on_and_others_are_served()
    {
        Assert.Equal("", await SendAsync("GET / HTTP/1.1\r\nX: " + new string('x', 20_000)));
        Assert.Equal("", await SendAsync("GET / HTTP/1.1\r\nHost: berlin-01.local"));

        await A_site_is_checked_under_its_name("berlin-01");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All that comes back, until the router hangs up.</summary>
    private async Task<string> SendAsync(string request)
    {
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, _port, Cancellation);
        try
        {
            using var answer = new StreamReader(caller.GetStream());
            await answer.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
            caller.Client.Shutdown(SocketShutdown.Send);
            return await answer.ReadToEndAsync(Cancellation);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // What was not read when the router closed makes it a reset.
            return "";
        }
    }
}
