using System.Net;
using System.Net.Security;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Asks one camera for its answer: Basic and digest authentication (MD5 and SHA-256), redirections within the camera, malformed heads. Every wait
/// ends with the token, every size has a bound.
/// </summary>
internal sealed class HttpCameraClient : IDisposable
{
    private const int MostRedirects = 5;

    private readonly CameraUrl _url;
    private readonly HttpClient _client;
    private readonly bool _usesProxy;

    /// <param name="url">An HTTP camera's.</param>
    /// <param name="options">Validated.</param>
    /// <param name="connect">Opens connections in place of the network; null for the network.</param>
    public HttpCameraClient(CameraUrl url, CameraOptions options, Func<Stream>? connect = null)
    {
        _url = url;
        _usesProxy = options.UseProxy;
        var full = new Uri(url.Secret);
        Address = new Uri(full.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
        var handler = Handler(full, options);
        if (connect is not null)
        {
            handler.ConnectCallback = (_, _) => new ValueTask<Stream>(connect());
        }

        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Without credentials.</summary>
    public Uri Address { get; }

    /// <summary>Follows the camera to other addresses of its own, and to no other host: it must not choose what this host asks for.</summary>
    /// <exception cref="HttpCameraException">No connection, no answer, or an answer other than success.</exception>
    public async Task<HttpResponseMessage> AskAsync(CancellationToken cancellationToken)
    {
        var address = Address;
        for (var followed = 0; ; followed++)
        {
            var response = await SendAsync(address, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                address = SentOnTo(response, address) is { } next && followed < MostRedirects ? next : throw Refusal(response);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    internal static SocketsHttpHandler Handler(Uri full, CameraOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            PreAuthenticate = true,
            UseCookies = false,

            // A proxy leads out to the internet; a camera is on the local network. http_proxy of the host counts only where it is asked for.
            UseProxy = options.UseProxy,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PlaintextStreamFilter = static (context, _) => new ValueTask<Stream>(new TolerantHeadStream(context.PlaintextStream)),
        };
        if (full.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
        {
            handler.Credentials = For(full, new NetworkCredential(Uri.UnescapeDataString(user), rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : ""));
        }

        if (options.AllowUntrustedCertificate)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            };
        }

        return handler;
    }

    /// <summary>Credentials for this camera alone, and for its own https where it redirects from http.</summary>
    private static CredentialCache For(Uri address, NetworkCredential credential)
    {
        var cache = new CredentialCache();
        Uri[] places = address is { Scheme: "http", IsDefaultPort: true } ? [address, new UriBuilder("https", address.IdnHost).Uri] : [address];
        foreach (var place in places)
        {
            var root = new Uri(place.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
            cache.Add(root, "Basic", credential);
            cache.Add(root, "Digest", credential);
        }

        return cache;
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new HttpCameraException(Words(exception), isPassing: exception.HttpRequestError != HttpRequestError.SecureConnectionError, exception);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // HttpClient reads a digest challenge into a dictionary, and fails on a name that comes twice.
            throw new HttpCameraException($"{Address.Host} asks for a password in a form that cannot be read", isPassing: false, exception);
        }
    }

    /// <summary>Where a redirection leads, or null when the answer is none.</summary>
    /// <exception cref="HttpCameraException">To another host, or out of HTTP, or out of TLS, or to nowhere.</exception>
    private Uri? SentOnTo(HttpResponseMessage response, Uri from)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return null;
        }

        if (!Uri.TryCreate(from, location, out var to))
        {
            throw new HttpCameraException($"{Address.Host} sends on to an address that cannot be read", isPassing: false);
        }

        var stays = to.Scheme is "http" or "https" && to.IdnHost.Equals(Address.IdnHost, StringComparison.OrdinalIgnoreCase);
        return stays && (to.Scheme == "https" || from.Scheme == "http")
            ? to
            : throw new HttpCameraException(
                $"{Address.Host} sends on to {to.Scheme}://{to.Host}, which is not followed: put that address into the URL if it is right", isPassing: false);
    }

    private HttpCameraException Refusal(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var reason = status switch
        {
            401 when _url.HasCredentials => "the camera refuses the user or the password",
            401 => $"{Address.Host} asks for a user and a password: put user:password@ before {Address.Host} in the URL",
            407 when _usesProxy => "the proxy asks for a user and a password: set UseProxy to false for this camera, or name them in http_proxy",
            404 => $"{Address.Host} has nothing at {Address.AbsolutePath}",
            _ => FormattableString.Invariant($"{Address.Host} answered {status} {response.ReasonPhrase}"),
        };

        // Busy, or just starting: a camera that answers with these now may answer the next request with a frame.
        var isPassing = status is 408 or 409 or 425 or 429 or >= 500;
        return new HttpCameraException(_usesProxy && status is not (401 or 407) ? $"{reason}, asked through the proxy" : reason, isPassing);
    }

    private string Words(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"{Address.Host}: no such host",
        HttpRequestError.ConnectionError => $"{Address.Authority}: no connection: {(exception.InnerException ?? exception).Message}",
        HttpRequestError.SecureConnectionError =>
            $"{Address.Authority}: its certificate is not trusted: install its issuer's, or set AllowUntrustedCertificate for this camera",
        HttpRequestError.ResponseEnded => $"{Address.Authority} closed the connection before it answered",
        HttpRequestError.InvalidResponse => $"{Address.Authority} answers, but does not speak HTTP",
        _ => $"{Address.Authority}: {(exception.InnerException ?? exception).Message}",
    };
}
