namespace FaceEdge.Web.Security;

/// <summary>
/// Tells requests of this service's own pages, and of programs, from those that pages of other sites make a visitor's browser send. Browsers
/// let any page open a WebSocket to any host.
/// </summary>
internal static class OriginGuard
{
    /// <summary>
    /// By Sec-Fetch-Site where the browser sends it (to https and to the visitor's own machine), which no page can set; else by the origin. A
    /// request that names neither is a program's.
    /// </summary>
    public static bool IsOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "" => IsOwnOrigin(request),
        "same-origin" or "none" => true,
        _ => false,
    };

    /// <summary>Whether the origin is the host that was asked; true without an origin.</summary>
    /// <remarks>
    /// The port counts only where the request names one. A browser leaves it out for the scheme's own port alone; a proxy that passes the host's
    /// name on without it (nginx: Host $host) listens on any other. Whoever serves pages under this very name is the host's operator.
    /// </remarks>
    public static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
                && (request.Host.Port is not { } port || port == uri.Port));
    }

    /// <summary>What is wrong, and what it is if the visitor's own page was refused.</summary>
    public static string Explain(HttpRequest request) =>
        $"A page of {request.Headers.Origin} made this request to {request.Host}: only this service's own pages may. "
        + "If that page is this service's, a proxy between does not pass the browser's Host header on (nginx: proxy_set_header Host $http_host).";
}
