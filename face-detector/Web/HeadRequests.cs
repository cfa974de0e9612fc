namespace FaceEdge.Web;

/// <summary>
/// Answers HEAD wherever GET is answered (RFC 9110 9.3.2): the same handler runs, and the server keeps the body back. Health checks such as
/// wget --spider ask so.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Stands before routing: endpoints are mapped for GET alone, so that the API's description names each once.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Features.Set(HeadRequest.Instance);
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    });

    /// <summary>Whether the body is kept back: an endless one must not be begun.</summary>
    public static bool WantsHeadersOnly(this HttpContext context) => context.Features.Get<HeadRequest>() is not null;

    private sealed class HeadRequest
    {
        public static readonly HeadRequest Instance = new();
    }
}
