using FaceEdge.Configuration;
using FaceEdge.Streaming;
using FaceEdge.Web.Live;
using FaceEdge.Web.Security;

namespace FaceEdge.Web.Endpoints;

/// <summary>/api/v1/live: the page's WebSocket; asked in any other way, it tells why there is none.</summary>
internal static class LiveEndpoint
{
    public static void MapLive(this IEndpointRouteBuilder app) => app.Map("/api/v1/live", ConnectAsync).ExcludeFromDescription();

    private static async Task<IResult> ConnectAsync(
        HttpContext context,
        ViewerLimit limit,
        ServiceState state,
        CameraSet cameras,
        ChangeFeed changes,
        ServiceOptions options,
        TimeProvider time,
        IHostApplicationLifetime host)
    {
        using var ticket = limit.TryEnter();
        if (ticket is null)
        {
            return Problems.TooManyViewers(context);
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            // A page whose WebSocket failed asks here, since the browser does not tell it why. Its origin is judged as the WebSocket's was.
            return OriginGuard.IsOwnOrigin(context.Request) ? Problems.NotAWebSocket() : Problems.ForeignOrigin(context.Request);
        }

        if (!OriginGuard.IsOwn(context.Request))
        {
            return Problems.ForeignOrigin(context.Request);
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        using var connection = new LiveConnection(socket, state, cameras.Pipelines, changes, options.Stream.WriteTimeout, time);
        await connection.RunAsync(either.Token);
        return TypedResults.Empty;
    }
}
