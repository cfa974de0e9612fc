using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FaceEdge.Tests.Abuse;

/// <summary>
/// Makes requests that go wrong in some way from the service's own OpenAPI document: its paths, methods, parameters and media types, each
/// exchanged now and then for something else. The same seed makes the same requests.
/// </summary>
internal sealed class RequestGenerator
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "NOSUCH", "G\u00c4T"];

    private static readonly string[] Values =
    [
        "", "camera", "CAMERA", "true", "maybe", "-1", "1e999", "NaN", "999999999999999999999", "%00", "%", "%zz", "%2e%2e%2f", "..%5c", "%F0%9F%98%80",
        "'--", "<script>", "{{7*7}}", "\u00e4", "a b", "null", "[]", "%0d%0aX-Evil:%201", new('a', 3000), "http://127.0.0.1:1/", "%c3%28",
    ];

    private static readonly string[] Headers =
    [
        "Accept: image/jpeg", "Accept: ;;;q=2", "Accept: */*;q=0", "Accept: image/*, application/json;q=abc", "Accept-Encoding: br, \u0001", "Range: bytes=9-1",
        "Range: bytes=0-0,1-1,2-2,-9", "If-None-Match: *", "If-Modified-Since: yesterday", "Cookie: a=b; a=b; =;;", "X-Api-Key: ", "X-Api-Key: wrong",
        "Authorization: Bearer", "Authorization: Digest \"", "Origin: null", "Origin: http://evil.example", "X-Forwarded-For: 1.2.3.4, \"", "Expect: 100-continue",
        "Upgrade: websocket", "Connection: Upgrade", "Connection: close, \u00ff", "Sec-WebSocket-Version: 99", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip",
        "Content-Encoding: gzip", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5", "Host: evil.example", "Host: ", "X: y\r\n folded",
        "no colon", ": no name", "X-Long: " + new string('x', 9000), "Accept-Language: \u0000", "TE: trailers", "Content-Type: ", "Content-Type: application/json; charset=nosuch",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "}", "[]", "null", "7", "\"text\"", "{}", "{\"mode\":\"nose\"}", "{\"mode\":7}", "{\"mode\":[\"face\"]}", "{\"threshold\":1e999}", "{\"threshold\":-0.0}",
        "{\"threshold\":\"NaN\"}", "{\"threshold\":{}}", "{\"title\":\"\\ud800\"}", "{\"\\udfff\":1}", "{\"title\":\"\\u0000\"}", "{\"background\":\"url(javascript:1)\"}",
        "{\"background\":\"#\"}", "{\"mode\":null,\"mode\":null}", "{\"a\":1}", "{\"title\":\"" + new string('t', 20_000) + "\"}", new('[', 10_000), "{\"mode\":\"face\"}{",
        "\ufeff{}", "\u0000\u0001\u0002", "--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "GIF89a", "RIFF\u0000\u0000\u0000\u0000WEBP",
    ];

    private readonly Random _random;
    private readonly (string Path, string[] Methods, string[] Queries, string[] Types)[] _operations;

    public RequestGenerator(JsonElement openApi, int seed)
    {
        _random = new Random(seed);
        _operations = [.. openApi.GetProperty("paths").EnumerateObject().Select(path =>
        {
            var operations = path.Value.EnumerateObject().ToArray();
            return (
                path.Name,
                operations.Select(operation => operation.Name.ToUpperInvariant()).ToArray(),
                operations.SelectMany(operation => Parameters(operation.Value)).Distinct().ToArray(),
                operations.SelectMany(operation => Types(operation.Value)).Distinct().ToArray());
        })];
    }

    public int Paths => _operations.Length;

    /// <summary>The bytes of one request, and its first line for a message.</summary>
    public (byte[] Bytes, string Line) Next()
    {
        var (path, methods, queries, types) = Pick(_operations);
        var method = Chance(3) ? Pick(methods) : Pick(Methods);
        var target = Target(path, queries);
        var body = Chance(2) ? Encoding.UTF8.GetBytes(Pick(Bodies)) : Noise();
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{method} {target} HTTP/{(Chance(20) ? "1.1" : Pick(["1.0", "0.9", "3.7", "x"]))}\r\n");
        if (Chance(30))
        {
            head.Append(CultureInfo.InvariantCulture, $"Host: {Pick(["localhost", "127.0.0.1", "[::1]:1"])}\r\n");
        }

        if (Chance(4))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        if (Chance(3))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {(types.Length > 0 && Chance(3) ? Pick(types) : Pick(["application/json", "text/plain", "image/jpeg", "a/b/c", "multipart/form-data; boundary=x"]))}\r\n");
        }

        for (var more = _random.Next(4); more > 0; more--)
        {
            head.Append(Pick(Headers)).Append("\r\n");
        }

        head.Append("\r\n");
        byte[] request = [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
        if (!Chance(20))
        {
            request[_random.Next(request.Length)] = (byte)_random.Next(256);
        }

        return (request, FirstLine(request));
    }

    /// <summary>As it is sent, after the damage.</summary>
    private static string FirstLine(byte[] request)
    {
        var end = request.AsSpan().IndexOf("\r\n"u8);
        return Encoding.Latin1.GetString(request, 0, Math.Min(end < 0 ? request.Length : end, 200));
    }

    private string Target(string path, string[] queries)
    {
        var target = new StringBuilder();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            target.Append('/').Append(part.StartsWith('{') || !Chance(20) ? Pick(Values) : part);
        }

        target.Append(target.Length == 0 ? "/" : "");
        for (var more = _random.Next(3); more > 0; more--)
        {
            target.Append(target.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')
                .Append(queries.Length > 0 && Chance(3) ? Pick(queries) : Pick(Values)).Append('=').Append(Pick(Values));
        }

        return target.ToString();
    }

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(2000)];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>True in all but one of so many cases.</summary>
    private bool Chance(int cases) => _random.Next(cases) != 0;

    private T Pick<T>(T[] all) => all[_random.Next(all.Length)];

    private static IEnumerable<string> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!)
        : [];

    private static IEnumerable<string> Types(JsonElement operation) => operation.TryGetProperty("requestBody", out var body)
        ? body.GetProperty("content").EnumerateObject().Select(type => type.Name)
        : [];
}
