using System.Globalization;
using FaceEdge.Configuration;
using FaceEdge.Streaming;
using FaceEdge.Web.Live;
using Microsoft.AspNetCore.Http.Features;

namespace FaceEdge.Web.Endpoints;

/// <summary>A camera's frames with boxes: as a stream that any browser and player shows, and the newest as a JPEG.</summary>
internal static class StreamEndpoints
{
    /// <summary>How long a snapshot waits: a camera that sends one frame a second must have its chance.</summary>
    private static readonly TimeSpan SnapshotTimeout = TimeSpan.FromSeconds(3);

    public static void MapStreams(this IEndpointRouteBuilder app)
    {
        Describe(
            app.MapGet("/stream.mjpg", (HttpContext context, [AsParameters] StreamQuery query, CameraSet cameras) => StreamAsync(context, cameras.Pipelines[0], query)),
            "stream",
            MjpegWriter.MediaType,
            "The first camera's frames with boxes, as MJPEG (multipart/x-mixed-replace).");
        Describe(
            app.MapGet("/cameras/{name}/stream.mjpg", (string name, HttpContext context, [AsParameters] StreamQuery query, CameraSet cameras) =>
                cameras.Find(name) is { } camera ? StreamAsync(context, camera.Pipeline, query) : Task.FromResult(Problems.NoSuchCamera(name))),
            "streamOf",
            MjpegWriter.MediaType,
            "A camera's frames with boxes, as MJPEG (multipart/x-mixed-replace).").ProducesProblem(StatusCodes.Status404NotFound);
        Describe(
            app.MapGet("/snapshot.jpg", (HttpContext context, [AsParameters] FrameQuery query, CameraSet cameras) => SnapshotAsync(context, cameras.Pipelines[0], query)),
            "snapshot",
            "image/jpeg",
            "The first camera's newest frame with boxes.");
        Describe(
            app.MapGet("/cameras/{name}/snapshot.jpg", (string name, HttpContext context, [AsParameters] FrameQuery query, CameraSet cameras) =>
                cameras.Find(name) is { } camera ? SnapshotAsync(context, camera.Pipeline, query) : Task.FromResult(Problems.NoSuchCamera(name))),
            "snapshotOf",
            "image/jpeg",
            "A camera's newest frame with boxes.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string type, string summary) => endpoint
        .WithName(name)
        .WithTags("Pictures")
        .WithSummary(summary)
        .Produces<Stream>(StatusCodes.Status200OK, type)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> StreamAsync(HttpContext context, CameraPipeline pipeline, StreamQuery query)
    {
        if (query.Fault() is { } fault)
        {
            return fault;
        }

        var services = context.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        if (context.WantsHeadersOnly())
        {
            context.Response.ContentType = MjpegWriter.ContentType;
            KeepFresh(context, time);
            return TypedResults.Empty;
        }

        using var ticket = services.GetRequiredService<ViewerLimit>().TryEnter();
        if (ticket is null)
        {
            return Problems.TooManyViewers(context);
        }

        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = MjpegWriter.ContentType;
        KeepFresh(context, time);

        var wakeup = new Wakeup();
        using var subscription = pipeline.Broadcaster.Subscribe(wakeup, query.Rendition, query.PaceBy(time));
        using var writer = new MjpegWriter(context.Response.BodyWriter, services.GetRequiredService<ServiceOptions>().Stream.WriteTimeout, time, gone.Token);
        try
        {
            while (true)
            {
                await wakeup.WaitAsync(gone.Token);
                using var frame = subscription.Take();
                if (frame is not null && !await writer.WriteAsync(frame.Jpeg, frame.CapturedAt))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return TypedResults.Empty;
        }

        // The viewer is there but does not read: without this the server would go on trying to send what it has left.
        context.Abort();
        return TypedResults.Empty;
    }

    private static async Task<IResult> SnapshotAsync(HttpContext context, CameraPipeline pipeline, FrameQuery query)
    {
        if (query.Fault() is { } fault)
        {
            return fault;
        }

        using var ticket = context.RequestServices.GetRequiredService<ViewerLimit>().TryEnter();
        if (ticket is null)
        {
            return Problems.TooManyViewers(context);
        }

        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        using var limit = new CancellationTokenSource(SnapshotTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        var wakeup = new Wakeup();
        using var subscription = pipeline.Broadcaster.Subscribe(wakeup, query.Rendition);
        EncodedFrame? frame = null;
        try
        {
            while (frame is null)
            {
                await wakeup.WaitAsync(either.Token);
                frame = subscription.Take();
            }

            KeepFresh(context, time);
            context.Response.Headers["X-Timestamp"] = Seconds(time.GetUtcNow() - time.GetElapsedTime(frame.CapturedAt));
            context.Response.ContentType = "image/jpeg";
            context.Response.ContentLength = frame.Jpeg.Length;
            await context.Response.Body.WriteAsync(frame.Jpeg, context.RequestAborted);
            return TypedResults.Empty;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return TypedResults.Problem(
                "The camera sent no frame in time.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "No frame");
        }
        catch (OperationCanceledException)
        {
            return TypedResults.Empty;
        }
        finally
        {
            frame?.Dispose();
        }
    }

    /// <summary>No cache keeps the frame, and no proxy (nginx reads X-Accel-Buffering) holds it back; the clock tells how old it is.</summary>
    private static void KeepFresh(HttpContext context, TimeProvider time)
    {
        context.Response.Headers["X-Time"] = Seconds(time.GetUtcNow());
        context.Response.Headers.CacheControl = "no-store, no-transform";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static string Seconds(DateTimeOffset moment) => MjpegWriter.Seconds(moment).ToString("F3", CultureInfo.InvariantCulture);
}
