using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>Speaks to one site's face-detector.</summary>
internal sealed class SiteClient : IDisposable
{
    /// <summary>Names below it are this machine's own (RFC 6761, section 6.3), and not every machine's resolver knows.</summary>
    private const string LocalDomain = ".localhost";

    public const string KeyVariable = "DEPLOY_TOOL_PAGE_KEY";

    public const string KeyFileOption = "--page-key-file";

    /// <summary>How a site's key is given.</summary>
    public const string KeySources = $"{KeyFileOption} FILE or ${KeyVariable}";

    /// <summary>Where the service looks for its <c>Page:Key</c>.</summary>
    private const string KeyHeader = "X-Page-Key";

    private const int MaxResponseBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    /// <param name="address">Of the service.</param>
    /// <param name="key">The site's <c>Page:Key</c>; null where the page asks for none.</param>
    public SiteClient(Uri address, string? key = null)
    {
        Address = address;
        var isLocal = address.IdnHost.EndsWith(LocalDomain, StringComparison.OrdinalIgnoreCase);
        _http = new HttpClient { BaseAddress = isLocal ? new UriBuilder(address) { Host = "localhost" }.Uri : address, Timeout = RequestTimeout };
        _http.DefaultRequestHeaders.Host = isLocal ? address.Authority : null;
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Add(KeyHeader, key);
        }
    }

    public Uri Address { get; }

    /// <summary>What the site says of itself, or why that is not known.</summary>
    public async Task<(SiteInfo? Info, string Fault)> InfoAsync(CancellationToken cancellation)
    {
        var (json, _, fault) = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "api/v1/info"), cancellation);
        using (json)
        {
            return json is not null && SiteInfo.Read(json.RootElement) is { } info ? (info, "") : (null, fault ?? "its answer is not an object");
        }
    }

    /// <summary>Posts the picture; the boxes found and the time from request to answer, or why there are none.</summary>
    public async Task<(List<Box>? Boxes, TimeSpan Elapsed, string Fault)> DetectAsync(KnownPicture picture, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/detect") { Content = new ByteArrayContent(picture.Content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(picture.MediaType);
        request.Headers.Accept.ParseAdd("application/json");
        var (json, elapsed, fault) = await SendAsync(request, cancellation);
        using (json)
        {
            return json is not null && FaceBoxes.Read(json.RootElement) is { } boxes
                ? (boxes, elapsed, "")
                : (null, elapsed, fault ?? "its answer holds no list of faces");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(JsonDocument? Json, TimeSpan Elapsed, string? Fault)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var body = await BoundedBody.ReadAsync(response.Content, MaxResponseBytes, RequestTimeout, cancellation);
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                return (null, elapsed, "the site asks for its Page:Key, or for another one; give it with " + KeySources);
            }

            if (!response.IsSuccessStatusCode)
            {
                return (null, elapsed, $"{request.Method} {request.RequestUri} answers {(int)response.StatusCode}");
            }

            return body is null ? (null, elapsed, "its answer is too long") : (JsonDocument.Parse(body), elapsed, null);
        }
        catch (HttpRequestException exception)
        {
            return (null, Stopwatch.GetElapsedTime(started), HttpFault.Cause(exception));
        }
        catch (JsonException)
        {
            return (null, Stopwatch.GetElapsedTime(started), $"{request.RequestUri} does not answer with JSON");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, Stopwatch.GetElapsedTime(started), $"no answer within {RequestTimeout.TotalSeconds:0} s");
        }
    }
}
