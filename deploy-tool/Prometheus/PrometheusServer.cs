using System.Net.Http.Headers;
using System.Text;

namespace FaceEdge.Deploy.Prometheus;

/// <summary>Where a Prometheus answers, and what to log in with.</summary>
public sealed class PrometheusServer
{
    private PrometheusServer(Uri address, AuthenticationHeaderValue? authorization)
    {
        Address = address;
        Authorization = authorization;
    }

    /// <summary>The address before <c>api/v1/</c>, with a slash at its end: Mimir and others have a path there.</summary>
    public Uri Address { get; }

    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>What messages call it: the address without anything secret in it.</summary>
    public string Name => Address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Checks address and login.</summary>
    /// <param name="address">Such as <c>https://prometheus.example.com</c>, with the path that the API is below.</param>
    /// <param name="token">Sent as a bearer token, or as Basic authentication where it is <c>user:password</c>; null for no login.</param>
    /// <exception cref="PrometheusException">The address is none, or the login would travel in the clear.</exception>
    public static PrometheusServer Create(string address, string? token)
    {
        if (!Uri.TryCreate(address.EndsWith('/') ? address : address + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw PrometheusException.Unusable($"'{address}' is no http address of a Prometheus", "write for example https://prometheus.example.com");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw PrometheusException.Unusable(
                $"the address of the Prometheus at {uri.Host} holds more than a host and a path", "leave user, query and fragment out; a login is given as a token");
        }

        if (token is null)
        {
            return new PrometheusServer(uri, null);
        }

        if (token.Length == 0 || token.Any(character => char.IsControl(character) || character == ' ' || character > '~'))
        {
            throw PrometheusException.Unusable("the token for Prometheus is empty, or holds blanks or line breaks", "give the token alone");
        }

        if (uri.Scheme == "http" && !uri.IsLoopback)
        {
            throw PrometheusException.Unusable($"the token would travel to {uri.Host} in the clear", "give an https address, or no token");
        }

        return new PrometheusServer(uri, token.Contains(':', StringComparison.Ordinal)
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(token)))
            : new AuthenticationHeaderValue("Bearer", token));
    }
}
