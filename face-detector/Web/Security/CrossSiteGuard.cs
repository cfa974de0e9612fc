namespace FaceEdge.Web.Security;

/// <summary>
/// Refuses what pages of other sites make a visitor's browser send: any method that may change or cost something. Programs, which send
/// neither header, are let through.
/// </summary>
internal static class CrossSiteGuard
{
    public static IApplicationBuilder UseCrossSiteGuard(this IApplicationBuilder app) => app.Use((context, next) =>
        IsSafe(context.Request.Method) || OriginGuard.IsOwn(context.Request) ? next(context) : Refuse(context));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task Refuse(HttpContext context) => TypedResults.Problem(
        OriginGuard.Explain(context.Request), statusCode: StatusCodes.Status403Forbidden, title: "Cross-site request").ExecuteAsync(context);
}
