namespace FaceEdge.Web.Security;

/// <summary>
/// Refuses what pages of other sites make a visitor's browser send: any method that may change or cost something. Programs, which send
/// neither header, are let through.
/// </summary>
internal static class CrossSiteGuard
{
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app) => app.Use((context, next) =>
        IsSafe(context.Request.Method) || IsOwn(context.Request) ? next(context) : Refuse(context));

    /// <summary>
    /// By Sec-Fetch-Site where the browser sends it (to https and this very host), else by the origin.
    /// </summary>
    public static bool IsOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "" => OriginGuard.IsOwn(request),
        "same-origin" or "none" => true,
        _ => false,
    };

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task Refuse(HttpContext context) => TypedResults.Problem(
        "A page of another site made this request.", statusCode: StatusCodes.Status403Forbidden, title: "Cross-site request").ExecuteAsync(context);
}
