using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Tests.Models;

/// <summary>A real HTTP server on a loopback port that serves one file, with ranges, and can be told to break off or to fall silent.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>The Range header of each request, empty without one.</summary>
    public ConcurrentQueue<string> Ranges { get; } = [];

    /// <summary>How many of the next answers stop halfway, and with that the connection.</summary>
    public int AnswersToBreak { get; set; }

    /// <summary>Whether the half has arrived: what is still in transit is lost when the connection breaks.</summary>
    public Func<bool> HasArrived { get; set; } = static () => true;

    /// <summary>How many of the next answers stop halfway and leave the connection open.</summary>
    public int AnswersToStall { get; set; }

    public static async Task<ModelServer> StartAsync(string path, byte[] content)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ModelServer(builder.Build());
        server._app.MapGet(path, async context =>
        {
            server.Ranges.Enqueue(context.Request.Headers.Range.ToString());
            if (server.AnswersToBreak-- > 0)
            {
                await SendHalfAsync(context, content);
                while (!server.HasArrived())
                {
                    await Task.Delay(10, context.RequestAborted);
                }

                context.Abort();
                return;
            }

            if (server.AnswersToStall-- > 0)
            {
                await SendHalfAsync(context, content);
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            await Results.Bytes(content, enableRangeProcessing: true).ExecuteAsync(context);
        });
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task SendHalfAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content.AsMemory(0, content.Length / 2));
        await context.Response.Body.FlushAsync();
    }
}
