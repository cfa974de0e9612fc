using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace FaceEdge.Web.Endpoints;

/// <summary>
/// Tells a visitor whose browser opened an address (it asks for text/html, which programs and scripts do not) in words what problem details tell a
/// program. It needs no other file: the style sheet is refused too under a name that is not the site's.
/// </summary>
internal sealed class ProblemPage : IProblemDetailsWriter
{
    private const string Style =
        ":root{color-scheme:dark light}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;box-sizing:border-box;"
        + "font:1.05rem/1.5 system-ui,sans-serif}main{max-width:36rem;overflow-wrap:anywhere}h1{line-height:1.2}summary{min-height:24px;cursor:pointer}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public bool CanWrite(ProblemDetailsContext context) =>
        MediaTypeHeaderValue.TryParseList(context.HttpContext.Request.Headers.Accept, out var accepted)
        && accepted.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        QueryFaults.Tell(context);
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        var (title, advice) = Words(problem.Status ?? http.Response.StatusCode);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(Page(title, advice, Detail(problem)), http.RequestAborted);
    }

    private static string Detail(ProblemDetails problem) => problem is HttpValidationProblemDetails { Errors: { Count: > 0 } faults }
        ? string.Join(" ", faults.SelectMany(fault => fault.Value))
        : problem.Detail ?? problem.Title ?? "";

    private static (string Title, string Advice) Words(int status) => status switch
    {
        StatusCodes.Status421MisdirectedRequest => (
            "This site is not known by that name",
            "Open it by the address that you were given, such as http://192.168.1.20:8080, or ask who runs it."),
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => ("This is not for everybody", "Ask who runs the site."),
        StatusCodes.Status404NotFound => ("There is nothing here", "The site’s page is at its address without anything behind it."),
        StatusCodes.Status429TooManyRequests => ("Too many requests came from here", "Wait a minute, and try again."),
        StatusCodes.Status503ServiceUnavailable => ("The site cannot show this now", "Wait a moment, and try again."),
        _ => ("This does not work", "The site’s page is at its address without anything behind it."),
    };

    private static string Page(string title, string advice, string detail)
    {
        var encoder = HtmlEncoder.Default;
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{encoder.Encode(title)}</title><style>{Style}</style></head>
            <body><main>
            <h1>{encoder.Encode(title)}</h1>
            <p>{encoder.Encode(advice)}</p>
            <details><summary>Details</summary><p dir="auto">{encoder.Encode(detail)}</p></details>
            </main></body>
            </html>

            """;
    }
}
