using FaceEdge.Streaming;
using FaceEdge.Web.Api;
using FaceEdge.Web.Live;

namespace FaceEdge.Web.Endpoints;

/// <summary>What the cameras see, as data.</summary>
internal static class DetectionEndpoints
{
    public static void MapDetections(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1").WithTags("Cameras");
        group.MapGet("/cameras", (ServiceState state) => TypedResults.Ok<IReadOnlyList<CameraDto>>(state.Cameras()))
            .WithName("cameras")
            .WithSummary("All cameras and how they fare.");
        group.MapGet("/detections", DetectionsOf)
            .WithName("detections")
            .WithSummary("Faces in the newest frame of the first camera, or of the one that ?camera= names.")
            .Produces<DetectionsDto>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/events", Listen)
            .WithName("events")
            .WithSummary("Server-sent events: settings, cameras and detections, each when it changes.")
            .Produces<Stream>(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Listen(EventStream events, ViewerLimit limit, IHostApplicationLifetime host, HttpContext context, CancellationToken gone)
    {
        if (context.WantsHeadersOnly())
        {
            context.Response.ContentType = "text/event-stream";
            return TypedResults.Empty;
        }

        if (limit.TryEnter() is not { } ticket)
        {
            return Problems.TooManyViewers(context);
        }

        context.Response.RegisterForDispose(ticket);
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events.ReadAsync(Either(context, gone, host.ApplicationStopping)));
    }

    private static IResult DetectionsOf(string? camera, CameraSet cameras, ServiceState state)
    {
        var pipeline = camera is null ? cameras.Pipelines[0] : cameras.Find(camera)?.Pipeline;
        return pipeline is null ? Problems.NoSuchCamera(camera!) : TypedResults.Ok(state.Detections(pipeline));
    }

    /// <summary>A host that stops must not wait for listeners to leave.</summary>
    private static CancellationToken Either(HttpContext context, CancellationToken gone, CancellationToken stopping)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        context.Response.RegisterForDispose(either);
        return either.Token;
    }
}
