using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Tests.Capture;

/// <summary>A camera of the HTTP kind on loopback: what it answers at /camera is the test's.</summary>
internal sealed class HttpCamera : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpCamera(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/camera";

    public static async Task<HttpCamera> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/camera", answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HttpCamera(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
