using FaceEdge.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FaceEdge.Web.Endpoints;

/// <summary>What runs here, and whether it is well.</summary>
internal static class InfoEndpoints
{
    public static void MapInfo(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/info", (ServiceInfo info) => TypedResults.Ok(info.Current))
            .WithName("info")
            .WithTags("Service")
            .WithSummary("Version, site, model and imaging backend.");
        app.MapGet("/healthz", () => TypedResults.Text("alive\n"))
            .WithName("health")
            .WithTags("Service")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .WithSummary("Liveness: the process answers. Restart it when this fails.");
        app.MapGet("/readyz", Readiness)
            .WithName("readiness")
            .WithTags("Service")
            .WithSummary("Readiness with reasons. 200 ready or degraded, 503 unready; ?strict=true answers 503 for degraded too.")
            .Produces<ReadinessDto>()
            .Produces<ReadinessDto>(StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonHttpResult<ReadinessDto> Readiness(ServiceState state, bool strict = false)
    {
        var readiness = state.Readiness();
        var good = readiness.Status == ReadinessDto.Ready || (readiness.Status == ReadinessDto.Degraded && !strict);
        return TypedResults.Json(
            readiness, FaceDetectorJson.Default.ReadinessDto, statusCode: good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
