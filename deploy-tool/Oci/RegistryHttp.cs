using System.Net;
using System.Net.Http.Headers;

namespace FaceEdge.Deploy.Oci;

/// <summary>
/// Sends requests to a registry: authenticates when challenged, and tries again with backoff when the registry is away (429, 5xx, a
/// broken connection). What is still no answer then is a <see cref="RegistryException"/> with <see cref="RegistryException.Unavailable"/>.
/// </summary>
public sealed class RegistryHttp : IDisposable
{
    private static readonly Backoff Retry = new(First: TimeSpan.FromMilliseconds(500), Cap: TimeSpan.FromSeconds(8), Attempts: 6);

    /// <summary>A Retry-After beyond this is not waited for: a pipeline had better come back later.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>For the headers of an answer, and again for its body.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly RegistryTokens _tokens;
    private readonly RegistryClientOptions _options;
    private readonly TimeProvider _time;

    public RegistryHttp(RegistryClientOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var sockets = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        _http = new HttpClient(new SameOriginRedirects(sockets))
        {
            Timeout = RequestTimeout,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("deploy-tool", "1"));
        _tokens = new RegistryTokens(_http, options, time);
    }

    /// <summary>
    /// Sends until there is an answer that says something: 2xx, 404, or 405 to HEAD. Every other status ends in an exception. The caller disposes the
    /// response; its body is not read yet.
    /// </summary>
    public async Task<HttpResponseMessage> SendAsync(
        ImageReference image, HttpMethod method, string path, IReadOnlyList<string> accept, CancellationToken cancellation)
    {
        var uri = new Uri($"{RegistryAddress.Of(image.Registry, _options.Insecure)}v2/{RegistryAddress.PathOf(image)}/{path}");
        for (var attempt = 0; ; attempt++)
        {
            var (response, fault) = await TryAsync(image, method, uri, accept, cancellation);
            if (response is { IsSuccessStatusCode: true } or { StatusCode: HttpStatusCode.NotFound }
                || (method == HttpMethod.Head && response is { StatusCode: HttpStatusCode.MethodNotAllowed }))
            {
                return response;
            }

            TimeSpan? asked = null;
            if (response is not null)
            {
                asked = RetryAfter(response);
                fault = await DescribeAsync(image, response, cancellation);
                var final = !IsTransient(response.StatusCode);
                response.Dispose();
                if (final)
                {
                    throw fault;
                }
            }

            if (attempt + 1 >= Retry.Attempts || asked > LongestWait || fault is { InnerException: HttpRequestException exception } && HttpFault.IsTls(exception))
            {
                throw fault!;
            }

            await Task.Delay(Retry.DelayAfter(attempt, asked, Random.Shared), _time, cancellation);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpResponseMessage? Response, RegistryException? Fault)> TryAsync(
        ImageReference image, HttpMethod method, Uri uri, IReadOnlyList<string> accept, CancellationToken cancellation)
    {
        try
        {
            var response = await SendOnceAsync(method, uri, accept, _tokens.Cached(image), cancellation);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return (response, null);
            }

            var authorization = await _tokens.AuthorizeAsync(image, response, cancellation);
            if (authorization is null)
            {
                return (response, null);
            }

            response.Dispose();
            return (await SendOnceAsync(method, uri, accept, authorization, cancellation), null);
        }
        catch (HttpRequestException exception) when (HttpFault.IsTls(exception))
        {
            var cause = HttpFault.Cause(exception);
            return (null, RegistryException.Unavailable($"no secure connection to registry {image.Registry}: {cause}", HttpFault.TlsRemedy(cause), exception));
        }
        catch (HttpRequestException exception)
        {
            var cause = HttpFault.Cause(exception);
            return (null, uri.Scheme == Uri.UriSchemeHttp && exception.HttpRequestError is not HttpRequestError.ConnectionError
                ? RegistryException.Unavailable($"registry {image.Registry} was asked in plain http and gives no answer: {cause}", PlainRemedy, exception)
                : Away(image, cause, exception));
        }
        catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return (null, Away(image, $"no answer within {RequestTimeout.TotalSeconds:0} s", exception));
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri uri, IReadOnlyList<string> accept, AuthenticationHeaderValue? authorization, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, uri);
        request.Headers.Authorization = authorization;
        foreach (var mediaType in accept)
        {
            request.Headers.Accept.ParseAdd(mediaType);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>For a registry that may speak TLS.</summary>
    private string PlainRemedy => _options.Insecure
        ? "if it speaks TLS, leave out --insecure; else try again later"
        : "if it speaks TLS, name it by a host name that its certificate has: localhost is asked in plain http; else try again later";

    /// <summary>By its status, or by the codes of the distribution specification: Amazon's registry answers an expired token with 400.</summary>
    private static bool IsDenied(HttpStatusCode status, string reason) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (status is HttpStatusCode.BadRequest && (reason.StartsWith(": DENIED", StringComparison.Ordinal) || reason.StartsWith(": UNAUTHORIZED", StringComparison.Ordinal)));

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private async Task<RegistryException> DescribeAsync(ImageReference image, HttpResponseMessage response, CancellationToken cancellation)
    {
        var reason = await RegistryErrorBody.ReadAsync(response, cancellation);
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when IsDenied(response.StatusCode, reason) => RegistryException.Unavailable(
                $"registry {image.Registry} denied access to {image.Repository} ({status}{reason})",
                "log in with docker login, or give --username and --password-stdin"),
            HttpStatusCode.BadRequest when reason.Contains("HTTPS", StringComparison.Ordinal) => RegistryException.Unavailable(
                $"registry {image.Registry} was asked in plain http and answers {status}{reason}",
                PlainRemedy),
            _ when IsTransient(response.StatusCode) => Away(image, $"it answers {status}{reason}", null),
            _ => RegistryException.Unavailable(
                $"registry {image.Registry} answers {status}{reason} for {image.Repository}", "check the image's name and the registry"),
        };
    }

    private static RegistryException Away(ImageReference image, string why, Exception? inner) =>
        RegistryException.Unavailable($"registry {image.Registry} is away: {why}", "try again later; nothing was decided", inner);
}

/// <summary>How registries are spoken to.</summary>
/// <param name="Credentials">Looks up what to log in with at a registry host; null for none (anonymous).</param>
/// <param name="Insecure">Plain http for every registry, not for loopback hosts alone.</param>
public sealed record RegistryClientOptions(Func<string, CancellationToken, Task<RegistryCredentials?>> Credentials, bool Insecure);

/// <summary>
/// What a registry asks for: a user name with a password or access token, or an identity token (an OAuth 2 refresh token, as
/// <c>az acr login</c> leaves behind).
/// </summary>
public sealed record RegistryCredentials(string Username, string Password, string? IdentityToken = null)
{
    /// <summary>Never the secret: credentials must not reach a log or an error message.</summary>
    public override string ToString() => IdentityToken is null ? $"user {Username}" : "identity token";
}
