using FaceEdge.Web.Security;

namespace FaceEdge.Web.Endpoints;

/// <summary>The problem details (RFC 9457) that several endpoints answer with.</summary>
internal static class Problems
{
    public static IResult NoSuchCamera(string name) => TypedResults.Problem(
        $"There is no camera \"{name}\"; GET /api/v1/cameras lists them.", statusCode: StatusCodes.Status404NotFound, title: "No such camera");

    public static IResult TooManyViewers(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "10";
        return TypedResults.Problem(
            "As many viewers as this site allows (Stream:MaxViewers) are watching.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Too many viewers");
    }

    public static IResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            "As many pictures as this site allows at once (Upload:Concurrency) are being worked on.",
            statusCode: StatusCodes.Status429TooManyRequests,
            title: "Too many pictures at once");
    }

    public static IResult NoModel(string note) => TypedResults.Problem(
        note, statusCode: StatusCodes.Status503ServiceUnavailable, title: "No model");

    public static IResult NotAPicture(string detail) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: "Not a picture that this service takes");

    public static IResult TooLarge(int maxBytes) => TypedResults.Problem(
        $"A picture has at most {maxBytes} bytes (Upload:MaxBytes).",
        statusCode: StatusCodes.Status413PayloadTooLarge,
        title: "Picture too large");

    public static IResult TooSlow(TimeSpan timeout) => TypedResults.Problem(
        FormattableString.Invariant($"A picture has to arrive within {timeout.TotalSeconds:0} s (Upload:BodySeconds)."),
        statusCode: StatusCodes.Status408RequestTimeout,
        title: "Picture too slow");

    public static IResult TooManyVisitors(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "10";
        return TypedResults.Problem(
            "As many visitors' cameras as this site allows (four times Upload:Concurrency) are on.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: "Too many cameras");
    }

    public static IResult NotAWebSocket() => TypedResults.Problem(
        "This address speaks WebSocket only. If it was asked so, a proxy between does not pass WebSocket on "
        + "(nginx: proxy_http_version 1.1, proxy_set_header Upgrade $http_upgrade, proxy_set_header Connection \"upgrade\").",
        statusCode: StatusCodes.Status426UpgradeRequired,
        title: "WebSocket expected");

    public static IResult ForeignOrigin(HttpRequest request) => TypedResults.Problem(
        OriginGuard.Explain(request), statusCode: StatusCodes.Status403Forbidden, title: "Foreign origin");
}
