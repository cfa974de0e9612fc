namespace FaceEdge.Web.Security;

/// <summary>Browsers let any page open a WebSocket to any host; only pages of this service may.</summary>
internal static class OriginGuard
{
    /// <summary>True for requests without an origin (no browser) and for those of pages under the host that was asked.</summary>
    public static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
