using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using FaceEdge.Imaging;

namespace FaceEdge.Capture.Http;

/// <summary>MJPEG streams and snapshots over HTTP; the content type of the answer tells which. Basic and digest authentication.</summary>
internal sealed class HttpSource : IFrameSource, IDisposable
{
    private const int MostRedirects = 5;

    private readonly CameraUrl _url;
    private readonly CameraOptions _options;
    private readonly IImagingBackend _imaging;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly Uri _address;

    public HttpSource(CameraUrl url, CameraOptions options, IImagingBackend imaging, TimeProvider clock)
    {
        _url = url;
        _options = options;
        _imaging = imaging;
        _clock = clock;
        var full = new Uri(url.Secret);
        _address = new Uri(full.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
        _client = new HttpClient(Handler(full, options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await AskAsync(cancellationToken);
            if (response.Content.Headers.ContentType is { MediaType: { } type } contentType && type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            {
                await StreamAsync(response, contentType, sink, cancellationToken);
            }
            else
            {
                await PollAsync(response, sink, cancellationToken);
            }
        }
        catch (HttpRequestException exception)
        {
            throw new CaptureException(Words(exception), exception);
        }
        catch (IOException exception)
        {
            throw new CaptureException("the camera broke the connection", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler Handler(Uri full, CameraOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            PreAuthenticate = true,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
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

    /// <summary>Credentials for this camera alone, and for its own https where it sends on from http.</summary>
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

    /// <summary>Follows the camera to other addresses of its own, and to no other host: it must not choose what this host asks for.</summary>
    private async Task<HttpResponseMessage> AskAsync(CancellationToken cancellationToken)
    {
        var address = _address;
        for (var followed = 0; ; followed++)
        {
            var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
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

    /// <summary>Where a redirection leads, or null when the answer is none.</summary>
    /// <exception cref="CaptureException">To another host, or out of HTTP, or out of TLS.</exception>
    private Uri? SentOnTo(HttpResponseMessage response, Uri from)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return null;
        }

        var to = new Uri(from, location);
        var stays = to.Scheme is "http" or "https" && to.IdnHost.Equals(_address.IdnHost, StringComparison.OrdinalIgnoreCase);
        return stays && (to.Scheme == "https" || from.Scheme == "http")
            ? to
            : throw new CaptureException($"{_address.Host} sends on to {to.Scheme}://{to.Host}, which is not followed: put that address into the URL if it is right");
    }

    private CaptureException Refusal(HttpResponseMessage response) => new(response.StatusCode switch
    {
        HttpStatusCode.Unauthorized when _url.HasCredentials => "the camera refuses the user or the password",
        HttpStatusCode.Unauthorized => $"{_address.Host} asks for a user and a password: put them into the URL, http://user:password@{_address.Host}/…",
        HttpStatusCode.NotFound => $"{_address.Host} has nothing at {_address.AbsolutePath}",
        var status => FormattableString.Invariant($"{_address.Host} answered {(int)status} {response.ReasonPhrase}"),
    });

    private async Task StreamAsync(HttpResponseMessage response, MediaTypeHeaderValue type, IFrameSink sink, CancellationToken cancellationToken)
    {
        var boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value;
        var pictures = new PictureTaker(_imaging, sink);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var parts = new MultipartReader(body, boundary?.Trim('"') ?? "", ImageLimits.Default.MaxBytes);
        while (await parts.ReadPartAsync(cancellationToken) is { } part)
        {
            pictures.Take(part.Span);
        }
    }

    /// <summary>The first answer is the first picture.</summary>
    private async Task PollAsync(HttpResponseMessage first, IFrameSink sink, CancellationToken cancellationToken)
    {
        var pictures = new PictureTaker(_imaging, sink);
        using var snapshot = new SnapshotBuffer(ImageLimits.Default.MaxBytes);
        var response = first;
        while (true)
        {
            var asked = _clock.GetTimestamp();
            using (response)
            {
                if (response.Content.Headers.ContentType?.MediaType is { } type && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
                {
                    throw new CaptureException($"{_address.Host} answers {type} where a picture or an MJPEG stream is expected: is {_address.AbsolutePath} its address?");
                }

                pictures.Take((await snapshot.ReadAsync(response.Content, cancellationToken)).Span);
            }

            var pause = _options.SnapshotInterval - _clock.GetElapsedTime(asked);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, _clock, cancellationToken);
            }

            response = await AskAsync(cancellationToken);
        }
    }

    private string Words(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"{_address.Host}: no such host",
        HttpRequestError.ConnectionError => $"{_address.Authority}: no connection: {(exception.InnerException ?? exception).Message}",
        HttpRequestError.SecureConnectionError =>
            $"{_address.Authority}: its certificate is not trusted: install its issuer's, or set AllowUntrustedCertificate for this camera",
        _ => $"{_address.Authority}: {exception.Message}",
    };
}
