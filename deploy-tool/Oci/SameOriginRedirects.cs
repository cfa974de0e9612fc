using System.Net;

namespace FaceEdge.Deploy.Oci;

/// <summary>
/// Follows redirects as registries use them: the login goes along as long as host and port stay the same, and nowhere else. HttpClient
/// leaves it out at every redirect, so that a registry that moved a path denies what it had allowed.
/// </summary>
internal sealed class SameOriginRedirects(HttpMessageHandler next) : DelegatingHandler(next)
{
    /// <summary>As many as Go's client, with which registries are tried, follows at most.</summary>
    private const int MaxRedirects = 10;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var redirects = 0; redirects < MaxRedirects && Target(request, response) is { } target; redirects++)
        {
            if (!IsSameOrigin(request.RequestUri!, target))
            {
                request.Headers.Authorization = null;
            }

            request.RequestUri = target;
            response.Dispose();
            response = await base.SendAsync(request, cancellationToken);
        }

        return response;
    }

    /// <summary>Where a redirect leads; null for every other answer, and for one that would leave https or send a body again.</summary>
    private static Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || request.Content is not null || response.Headers.Location is not { } location)
        {
            return null;
        }

        var target = new Uri(request.RequestUri!, location);
        return target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && request.RequestUri!.Scheme == Uri.UriSchemeHttp) ? target : null;
    }

    private static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;
}
