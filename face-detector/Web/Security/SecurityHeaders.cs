using FaceEdge.Configuration;
using Scalar.AspNetCore;

namespace FaceEdge.Web.Security;

/// <summary>Headers that keep a browser from doing with an answer what it was not meant for.</summary>
internal static class SecurityHeaders
{
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; media-src 'self' blob:; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

    /// <summary>The API reference writes its styles into the page it makes; its scripts carry a nonce.</summary>
    private const string ReferencePolicy =
        "default-src 'self'; script-src 'self'{0}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

    /// <summary>One year. A browser keeps it for names whose certificate it trusts, and takes it over TLS only.</summary>
    private const string StrictTransport = "max-age=31536000";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, HttpAccessOptions options, PathString reference)
    {
        var ancestors = string.Join(' ', (string[])["'self'", .. options.FrameAncestors]);

        // Who may show the page may show its frames. Nobody else's page may, not even as an image it cannot read.
        var sharing = options.FrameAncestors.Count > 0 ? "cross-origin" : "same-origin";
        return app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = PagePolicy + ancestors;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
            headers["Cross-Origin-Resource-Policy"] = sharing;
            if (context.Request.IsHttps)
            {
                // Browsers heed both over TLS only, and report the second as an error elsewhere.
                headers.StrictTransportSecurity = StrictTransport;
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
            }

            if (context.Request.Path.StartsWithSegments(reference, StringComparison.Ordinal))
            {
                context.Response.OnStarting(static state => AllowReference(((HttpContext, string))state), (context, ancestors));
            }

            return next(context);
        });
    }

    /// <summary>The nonce exists when the reference has made its page.</summary>
    private static Task AllowReference((HttpContext Context, string Ancestors) answer)
    {
        var nonce = answer.Context.Items[ScalarOptions.NonceHttpContextItemKey] is string value ? $" 'nonce-{value}'" : "";
        answer.Context.Response.Headers.ContentSecurityPolicy = ReferencePolicy.Replace("{0}", nonce, StringComparison.Ordinal) + answer.Ancestors;
        return Task.CompletedTask;
    }
}
