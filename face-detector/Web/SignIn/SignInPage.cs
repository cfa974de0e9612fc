using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using FaceEdge.Configuration;
using Microsoft.Net.Http.Headers;

namespace FaceEdge.Web.SignIn;

/// <summary>Asks for the key. One file without a script, with all its styles: it needs nothing of what it keeps closed.</summary>
internal static partial class SignInPage
{
    private const string Style = """
        :root { color-scheme: dark light; --bg: #0d1117; --fg: #eef2f6; --muted: #a3afbd; --panel: #161c25; --edge: #758290; --accent: #2fe07d; --on-accent: #04210f; --bad: #ff9a8f; }
        @media (prefers-color-scheme: light) { :root { --bg: #f3f5f8; --fg: #14191f; --muted: #4d5968; --panel: #fff; --edge: #737e8b; --accent: #0a7a3f; --on-accent: #fff; --bad: #a3180c; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: 20px; background: var(--bg); color: var(--fg); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { width: min(100%, 25rem); padding: clamp(22px, 6vw, 38px); border-radius: 18px; background: var(--panel); box-shadow: 0 1px 2px #0003, 0 18px 50px #0004; }
        img { display: block; width: 3.2rem; height: 3.2rem; }
        h1 { margin: 16px 0 4px; font-size: 1.5rem; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
        p { margin: 0 0 20px; color: var(--muted); }
        label { display: block; margin-bottom: 6px; font-weight: 600; }
        input[type=password] { width: 100%; min-height: 48px; padding: 10px 14px; border: 1.5px solid var(--edge); border-radius: 10px; background: var(--bg); color: inherit; font: inherit; }
        input[aria-invalid] { border: 2px solid var(--bad); }
        .remember { display: flex; align-items: center; gap: 10px; min-height: 44px; margin: 10px 0 14px; font-weight: 400; cursor: pointer; }
        .remember input { width: 20px; height: 20px; margin: 0; accent-color: var(--accent); }
        button { width: 100%; min-height: 48px; border: 0; border-radius: 10px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 700; cursor: pointer; }
        .error { margin: 8px 0 0; color: var(--bad); font-weight: 600; }
        .remark { margin: 18px 0 0; font-size: .85rem; }
        a { color: inherit; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        @media (forced-colors: active) { main, button { border: 1px solid; } }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; img-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>Whether a text is an address of this site, below the place of the sign-in page.</summary>
    public static bool IsAddress(string text) => text.Length <= 2000 && Address().IsMatch(text);

    /// <summary>A browser that opens an address asks so; images, scripts and programs do not.</summary>
    public static bool IsWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    /// <summary>
    /// Redirects a browser to the sign-in page, by a relative address, which holds behind a proxy that puts the site below a path of its own. The browser
    /// keeps what stands behind the # of the address, which no service sees, on the way here and back.
    /// </summary>
    public static void GoThere(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var root = string.Concat(Enumerable.Repeat("../", request.Path.Value!.Count(sign => sign == '/') - 1));
        var to = request.Path.ToUriComponent()[1..] + request.QueryString.ToUriComponent();
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.CacheControl = "no-store";
        response.Headers.Location = root + SignInEndpoints.SignInPath[1..] + (to.Length > 0 && IsAddress(to) ? "?to=" + Uri.EscapeDataString(to) : "");
    }

    /// <param name="context">What was asked for, at the sign-in's own address.</param>
    /// <param name="state">What to say. Browsers report every other status than success in their console: a program alone is told by it.</param>
    /// <param name="to">Where to go after.</param>
    public static Task WriteAsync(HttpContext context, SignInState state, string to)
    {
        var (request, response) = (context.Request, context.Response);
        var title = context.RequestServices.GetRequiredService<SettingsStore>().Current.Title;
        response.StatusCode = (state, IsWanted(request)) switch
        {
            (SignInState.Wrong, false) => StatusCodes.Status401Unauthorized,
            (SignInState.TooMany, false) => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status200OK,
        };
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(Page(title, Form(state, to, IsPlain(request))), context.RequestAborted);
    }

    /// <summary>Whether others on the way can read along, as far as is known here.</summary>
    private static bool IsPlain(HttpRequest request) =>
        !request.IsHttps
        && !request.Headers["X-Forwarded-Proto"].ToString().Equals("https", StringComparison.OrdinalIgnoreCase)
        && !(request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));

    private static string Page(string title, string form)
    {
        var name = HtmlEncoder.Default.Encode(title);
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="dark light">
            <title>Sign in: {name}</title>
            <link rel="icon" href="favicon.svg" type="image/svg+xml">
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <img src="favicon.svg" alt="" width="52" height="52">
            <h1 dir="auto">{name}</h1>
            {form}
            </main>
            </body>
            </html>

            """;
    }

    private static string Form(SignInState state, string to, bool plain)
    {
        if (state == SignInState.SignedIn)
        {
            return $"""
                <p>This browser is signed in.</p>
                <form method="post" action="sign-out"><button>Sign out</button></form>
                <p class="remark"><a href="./">Back to the pictures</a></p>
                """;
        }

        var error = state switch
        {
            SignInState.Wrong => "That was not the key.",
            SignInState.TooMany => "Too many wrong keys came from here. Wait a minute, and try again.",
            _ => "",
        };
        var invalid = error.Length > 0 ? " aria-invalid=\"true\" aria-describedby=\"error\"" : "";
        var said = error.Length > 0 ? $"<p class=\"error\" id=\"error\" role=\"alert\">{error}</p>" : "";
        var warning = plain
            ? "<p class=\"remark\">This connection is not encrypted: whoever is on the same network may read the key along. Do not use one that opens anything else.</p>"
            : "";
        return $"""
            <p>The pictures of this site are for those who have its key.</p>
            <form method="post">
            <input type="hidden" name="to" value="{HtmlEncoder.Default.Encode(to)}">
            <input type="text" name="username" autocomplete="username" value="visitor" hidden>
            <label for="key">Key</label>
            <input id="key" name="key" type="password" autocomplete="current-password" maxlength="256" required autofocus{invalid}>
            {said}
            <label class="remember"><input type="checkbox" name="remember"> Remember this device</label>
            <button>Sign in</button>
            </form>
            {warning}
            """;
    }

    /// <summary>The signs of a path and a query (RFC 3986). What stands before it, "./", makes neither another host nor another scheme of it.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_.~!$&'()*+,;=:@/?%-]*$")]
    private static partial Regex Address();
}
