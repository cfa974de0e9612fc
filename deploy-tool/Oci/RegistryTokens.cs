using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>
/// Answers a registry's challenges: Basic, or a token from the realm (distribution's "Token Authentication Specification"; with an
/// identity token, its "OAuth2 Token Authentication"). Tokens are kept until they expire.
/// </summary>
internal sealed class RegistryTokens(HttpClient http, RegistryClientOptions options, TimeProvider time)
{
    private const int MaxTokenBytes = 256 * 1024;

    private readonly ConcurrentDictionary<string, (AuthenticationHeaderValue Header, DateTimeOffset Until)> _held = new();

    /// <summary>What the last challenge for this repository was answered with, while it holds.</summary>
    public AuthenticationHeaderValue? Cached(ImageReference image) =>
        _held.TryGetValue(image.Name, out var held) && time.GetUtcNow() < held.Until ? held.Header : null;

    /// <summary>The answer to the challenges of a 401; null when there is none to give.</summary>
    public async Task<AuthenticationHeaderValue?> AuthorizeAsync(
        ImageReference image, HttpResponseMessage unauthorized, CancellationToken cancellation)
    {
        var challenges = unauthorized.Headers.WwwAuthenticate
            .Select(header => AuthenticateChallenge.Parse(header.ToString()))
            .OfType<AuthenticateChallenge>()
            .ToList();
        var credentials = await options.Credentials(image.Registry, cancellation);
        if (challenges.Find(challenge => challenge is { IsBearer: true, Realm: not null }) is { } bearer)
        {
            return await FetchAsync(image, bearer, credentials, cancellation);
        }

        if (credentials is { IdentityToken: null } && challenges.Exists(challenge => challenge.IsBasic))
        {
            return Hold(image, Basic(credentials), DateTimeOffset.MaxValue);
        }

        return null;
    }

    private async Task<AuthenticationHeaderValue?> FetchAsync(
        ImageReference image, AuthenticateChallenge challenge, RegistryCredentials? credentials, CancellationToken cancellation)
    {
        var realm = TrustedRealm(image, challenge.Realm!);
        var scope = $"repository:{RegistryAddress.PathOf(image)}:pull";
        using var request = credentials?.IdentityToken is { } refresh
            ? OAuthRequest(realm, challenge.Service, scope, refresh)
            : TokenRequest(realm, challenge.Service, scope, credentials);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if ((int)response.StatusCode is 429 or >= 500)
        {
            throw new HttpRequestException($"its token service answers {(int)response.StatusCode}");
        }

        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        var body = await BoundedBody.ReadAsync(response.Content, MaxTokenBytes, RegistryHttp.RequestTimeout, cancellation);
        return RegistryToken.Read(body) is { } token
            ? Hold(image, token.Header, time.GetUtcNow() + token.Lifetime)
            : throw new HttpRequestException("its token service answers without a token");
    }

    /// <summary>Credentials go to the realm, so that a realm in clear text is taken only from a registry that is spoken to in clear text.</summary>
    private Uri TrustedRealm(ImageReference image, string realm)
    {
        if (Uri.TryCreate(realm, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps
                || (uri.Scheme == Uri.UriSchemeHttp && (options.Insecure || RegistryAddress.IsLoopback(uri.Authority)))))
        {
            return uri;
        }

        throw RegistryException.Unavailable(
            $"registry {image.Registry} names a token service that is not https", "check the registry's address; --insecure allows plain http");
    }

    private static HttpRequestMessage TokenRequest(Uri realm, string? service, string scope, RegistryCredentials? credentials)
    {
        var query = new StringBuilder(realm.Query.Length > 1 ? realm.Query + "&" : "?");
        if (service is not null)
        {
            query.Append("service=").Append(Uri.EscapeDataString(service)).Append('&');
        }

        query.Append("scope=").Append(Uri.EscapeDataString(scope));
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        request.Headers.Authorization = credentials is null ? null : Basic(credentials);
        return request;
    }

    private static HttpRequestMessage OAuthRequest(Uri realm, string? service, string scope, string refreshToken) =>
        new(HttpMethod.Post, realm)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "refresh_token"),
                new("client_id", "deploy-tool"),
                new("service", service ?? realm.Host),
                new("scope", scope),
                new("refresh_token", refreshToken),
            ]),
        };

    private static AuthenticationHeaderValue Basic(RegistryCredentials credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{credentials.Password}")));

    private AuthenticationHeaderValue Hold(ImageReference image, AuthenticationHeaderValue header, DateTimeOffset until)
    {
        _held[image.Name] = (header, until);
        return header;
    }
}

/// <summary>A token service's answer.</summary>
internal sealed record RegistryToken(AuthenticationHeaderValue Header, TimeSpan Lifetime)
{
    /// <summary>The lifetime where the answer names none, as the token specification says.</summary>
    private const int DefaultSeconds = 60;

    /// <summary>Longer lifetimes are cut to this: no command runs longer.</summary>
    private const int MaxSeconds = 24 * 3600;

    /// <summary>Reads <c>token</c> or <c>access_token</c> with <c>expires_in</c>; null when there is no usable token.</summary>
    public static RegistryToken? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var token = JsonText.Of(root, "token") ?? JsonText.Of(root, "access_token");
            if (string.IsNullOrEmpty(token) || !token.All(character => char.IsAscii(character) && !char.IsControl(character) && character != ' '))
            {
                return null;
            }

            var seconds = root.TryGetProperty("expires_in", out var expires) && expires.ValueKind == JsonValueKind.Number
                && expires.TryGetInt32(out var given) && given > 0
                ? Math.Min(given, MaxSeconds)
                : DefaultSeconds;

            // A tenth less, so that a token does not expire in transit.
            return new RegistryToken(new AuthenticationHeaderValue("Bearer", token), TimeSpan.FromSeconds(seconds * 0.9));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
