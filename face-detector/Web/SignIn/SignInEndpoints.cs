using FaceEdge.Web.Security;

namespace FaceEdge.Web.SignIn;

/// <summary>/sign-in and /sign-out: a form, as any browser sends it.</summary>
internal static class SignInEndpoints
{
    public const string SignInPath = "/sign-in";

    public const string SignOutPath = "/sign-out";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<SignInService>() is not { } service)
        {
            return;
        }

        app.MapGet(SignInPath, async context => await SignInPage.WriteAsync(
            context, await SignInService.HasSignedInAsync(context) ? SignInState.SignedIn : SignInState.Asked, context.Request.Query["to"].ToString())).ExcludeFromDescription();
        app.MapPost(SignInPath, context => SignInAsync(context, service)).WithMetadata(new FormLimit()).ExcludeFromDescription();
        app.MapPost(SignOutPath, async context =>
        {
            await SignInService.SignOutAsync(context);
            Go(context, "");
        }).WithMetadata(new FormLimit()).ExcludeFromDescription();
    }

    private static async Task SignInAsync(HttpContext context, SignInService service)
    {
        IFormCollection form;
        try
        {
            form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or (IOException and not BadHttpRequestException))
        {
            // Strangers send forms before they have signed in: one that is broken is no error of the service, and must not be able to fill its log.
            await TypedResults.Problem($"The form cannot be read: {exception.Message}", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        switch (service.Verify(context, form["key"].ToString()))
        {
            case KeyVerdict.Right:
                await service.SignInAsync(context, remember: form.ContainsKey("remember"));
                Go(context, form["to"].ToString());
                break;
            case KeyVerdict.TooMany:
                await SignInPage.WriteAsync(context, SignInState.TooMany, form["to"].ToString());
                break;
            default:
                await SignInPage.WriteAsync(context, SignInState.Wrong, form["to"].ToString());
                break;
        }
    }

    /// <summary>From here, so that it holds behind a proxy that puts the site below a path of its own.</summary>
    private static void Go(HttpContext context, string to)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "./" + (SignInPage.IsAddress(to) ? to : "");
    }

    /// <summary>Far more than a key and an address take.</summary>
    private sealed class FormLimit : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 16 * 1024;
    }
}
