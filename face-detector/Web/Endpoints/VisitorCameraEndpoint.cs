using System.Buffers;
using System.Net.WebSockets;
using FaceEdge.Capture;
using FaceEdge.Configuration;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Web.Live;
using FaceEdge.Web.Security;

namespace FaceEdge.Web.Endpoints;

/// <summary>
/// /api/v1/camera: JPEG frames in, detections out, for this visitor alone. With ?camera=name the frames become that camera's, which
/// must be a browser: one; all viewers see them, so it asks for the same right as a change of settings.
/// </summary>
internal static class VisitorCameraEndpoint
{
    public static void MapVisitorCamera(this IEndpointRouteBuilder app) => app.Map("/api/v1/camera", ConnectAsync).ExcludeFromDescription();

    private static Task<IResult> ConnectAsync(string? camera, HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return Task.FromResult(Problems.NotAWebSocket());
        }

        if (!OriginGuard.IsOwn(context.Request))
        {
            return Task.FromResult(Problems.ForeignOrigin(context.Request));
        }

        return camera is null ? DetectAsync(context) : FeedAsync(context, camera);
    }

    private static async Task<IResult> DetectAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var model = services.GetRequiredService<LoadedModel>();
        if (model.Note is { } note)
        {
            return Problems.NoModel(note);
        }

        using var ticket = services.GetRequiredService<VisitorLimit>().TryEnter();
        if (ticket is null)
        {
            return Problems.TooManyVisitors(context);
        }

        var options = services.GetRequiredService<ServiceOptions>();
        var settings = services.GetRequiredService<SettingsStore>();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var gone = GoneOrStopping(context);
        await new VisitorCamera(
            socket,
            services.GetRequiredService<DetectorPool>(),
            services.GetRequiredService<ImagingSelection>().Backend,
            options.Upload.VisitorLimits,
            options.Stream.WriteTimeout,
            services.GetRequiredService<TimeProvider>(),
            () => (float)(settings.Current.Threshold ?? model.ScoreThreshold)).RunAsync(gone.Token);
        return TypedResults.Empty;
    }

    private static async Task<IResult> FeedAsync(HttpContext context, string name)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<CameraSet>().Find(name) is not { Source: BrowserSource source })
        {
            return TypedResults.Problem(
                $"There is no camera \"{name}\" with the URL browser:.", statusCode: StatusCodes.Status404NotFound, title: "No such camera");
        }

        if (services.GetRequiredService<ChangeGuard>().Check(context) is { } refusal)
        {
            return refusal.ToResult();
        }

        using var session = source.TryOpen();
        if (session is null)
        {
            return TypedResults.Problem(
                "Another visitor's camera is on.", statusCode: StatusCodes.Status409Conflict, title: "Camera in use");
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var gone = GoneOrStopping(context);
        await ForwardAsync(socket, session, services.GetRequiredService<ServiceOptions>().Upload.Limits, services.GetRequiredService<TimeProvider>(), gone);
        return TypedResults.Empty;
    }

    private static async Task ForwardAsync(WebSocket socket, BrowserSource.Session session, ImageLimits limits, TimeProvider time, CancellationTokenSource gone)
    {
        var messages = new NewestMessage(socket, limits.MaxBytes);
        var receiving = messages.ReceiveAsync(gone.Token);
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                (var number, buffer) = await messages.TakeAsync(buffer, gone.Token);
                if (number == 0)
                {
                    break;
                }

                try
                {
                    session.Push(buffer.WrittenSpan, limits);
                }
                catch (InvalidImageException)
                {
                    // One bad frame among good ones; the watchdog speaks up when there are only bad ones.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The visitor left, or the host stops.
        }

        var withinLimits = !receiving.IsCompletedSuccessfully || await receiving;
        await socket.CloseWithinAsync(
            withinLimits ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.MessageTooBig,
            withinLimits ? null : "The frame is too large.",
            time);
        await gone.CancelAsync();
        await receiving;
    }

    private static CancellationTokenSource GoneOrStopping(HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
}
