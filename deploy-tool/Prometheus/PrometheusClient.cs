using System.Globalization;
using System.Net;
using System.Text.Json;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Prometheus;

/// <summary>
/// Asks one Prometheus (https://prometheus.io/docs/prometheus/latest/querying/api/). Each question is asked once and within a time: who polls
/// asks again anyway, and who does not wants an error rather than a wait.
/// </summary>
public sealed class PrometheusClient : IDisposable
{
    /// <summary>5,000 sites with a week of hourly points each are 21 MB.</summary>
    private const int MaxResponseBytes = 64 * 1024 * 1024;

    /// <summary>For an answer with its body, unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly PrometheusServer _server;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public PrometheusClient(PrometheusServer server, TimeProvider time, TimeSpan? timeout = null)
    {
        _server = server;
        _time = time;
        _timeout = timeout ?? DefaultTimeout;

        // A redirect leads to a page that asks people to log in; following it would say "not JSON" instead of why.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip })
        {
            BaseAddress = server.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>What messages call the server.</summary>
    public string Name => _server.Name;

    /// <summary>The value of a query at a moment.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<IReadOnlyList<Sample>> QueryAsync(string query, DateTimeOffset at, CancellationToken cancellation)
    {
        using var json = await SendAsync("api/v1/query", [new("query", query), new("time", Seconds(at))], cancellation);
        return Read(json, PrometheusResponse.ReadSamples);
    }

    /// <summary>The values of a query from one moment to another.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<IReadOnlyList<Series>> QueryRangeAsync(
        string query, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellation)
    {
        using var json = await SendAsync(
            "api/v1/query_range",
            [new("query", query), new("start", Seconds(from)), new("end", Seconds(to)), new("step", step.TotalSeconds.ToString(CultureInfo.InvariantCulture))],
            cancellation);
        return Read(json, PrometheusResponse.ReadSeries);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> SendAsync(string path, List<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        form.Add(new("timeout", $"{_timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s"));
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            // By POST, since a query that names thousands of sites is longer than an address may be.
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Authorization = _server.Authorization;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MaxResponseBytes, _timeout, both.Token)
                ?? throw PrometheusException.Unavailable($"{Name} answers with more than {MaxResponseBytes >> 20} MB", "ask about fewer sites");
            return Judge(response, body);
        }
        catch (HttpRequestException exception) when (HttpFault.IsTls(exception))
        {
            throw PrometheusException.Unavailable($"no secure connection to {Name}: {HttpFault.Cause(exception)}", "let this machine trust who issued its certificate", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Away(HttpFault.Cause(exception), exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw Away($"no answer within {_timeout.TotalSeconds:0.#} s", exception);
        }
    }

    /// <summary>The answer of a query that was carried out in whole.</summary>
    private JsonDocument Judge(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || status is >= 300 and < 400)
        {
            throw PrometheusException.Unavailable($"{Name} does not let this login in ({status})", "give a token that may query: DEPLOY_TOOL_PROMETHEUS_TOKEN, or a file of it");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw PrometheusException.Unavailable($"{Name} answers {status}, and not with JSON", "check that the address is that of a Prometheus, with its path", exception);
        }

        try
        {
            switch (PrometheusResponse.ReadFault(document.RootElement))
            {
                case { IsOfTheQuery: true } fault:
                    throw PrometheusException.Unusable($"{Name} does not take the query: {fault.Words}", "correct the query");
                case { } fault:
                    throw PrometheusException.Unavailable($"{Name} cannot answer: {fault.Words}", "try again later");
                case null when !response.IsSuccessStatusCode:
                    throw PrometheusException.Unavailable($"{Name} answers {status}", "check that the address is that of a Prometheus, with its path");
                default:
                    return document;
            }
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    private IReadOnlyList<T> Read<T>(JsonDocument json, Func<JsonElement, IReadOnlyList<T>?> read) => read(json.RootElement)
        ?? throw PrometheusException.Unavailable($"{Name} answers with something else than was asked for", "check that the address is that of a Prometheus, with its path");

    private PrometheusException Away(string why, Exception inner) => PrometheusException.Unavailable($"{Name} is away: {why}", "try again later; nothing was decided", inner);

    private static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
