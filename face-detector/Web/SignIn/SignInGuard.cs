using FaceEdge.Web.Security;

namespace FaceEdge.Web.SignIn;

/// <summary>Lets through who has signed in or brings the key; shows everybody else where to sign in. Where there is no key, everybody is let through.</summary>
internal static class SignInGuard
{
    /// <summary>What anybody may ask: the state of the service for what watches over it, and what the sign-in page shows.</summary>
    private static readonly PathString[] Open = ["/healthz", "/readyz", "/metrics", SignInEndpoints.SignInPath, SignInEndpoints.SignOutPath, "/favicon.svg"];

    public static IApplicationBuilder UseSignInGuard(this IApplicationBuilder app) =>
        app.ApplicationServices.GetService<SignInService>() is { } service ? app.Use((context, next) => PassAsync(context, next, service)) : app;

    private static async Task PassAsync(HttpContext context, RequestDelegate next, SignInService service)
    {
        if (Array.Exists(Open, path => context.Request.Path == path) || await SignInService.HasSignedInAsync(context))
        {
            await next(context);
            return;
        }

        switch (service.Verify(context))
        {
            case KeyVerdict.Right:
                await next(context);
                break;
            case KeyVerdict.TooMany:
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many wrong keys came from this address; Retry-After says when to come back.");
                break;
            case KeyVerdict.Wrong:
                await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The key is not the service's Page:Key.");
                break;
            default:
                await AskAsync(context);
                break;
        }
    }

    private static Task AskAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && SignInPage.IsWanted(context.Request))
        {
            SignInPage.GoThere(context);
            return Task.CompletedTask;
        }

        return RefuseAsync(
            context,
            StatusCodes.Status401Unauthorized,
            $"Sign in on the site's page, or send the service's Page:Key as {SignInService.KeyHeader} or as the password of Basic authentication.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: "Sign in first").ExecuteAsync(context);
}
