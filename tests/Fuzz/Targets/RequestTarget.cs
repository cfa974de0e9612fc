using System.Buffers.Binary;
using System.Net;
using System.Text;
using FaceEdge.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// A request as it comes out of the server: method and address, headers and body, to a service that asks for a key. Whatever it is, it is answered, and not
/// by an error of the service's own.
/// </summary>
internal sealed class RequestTarget : FuzzTarget
{
    private const string Key = "Zq7-a-key-to-look";

    /// <summary>Streams and events have no end of their own.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private readonly RequestDelegate _pipeline;

    public RequestTarget()
    {
        _app = ServiceHost.Build(
            ["--Cameras:camera:Url=demo:?size=320x240", "--Detector:InputSide=64", $"--Page:Key={Key}", "--Http:KeyTriesPerMinute=1000", "--Http:UploadsPerMinute=100000", "--Http:ChangesPerMinute=100000"],
            static builder => builder.Logging.ClearProviders());
        _app.UseEndpoints(static _ => { });
        _pipeline = ((IApplicationBuilder)_app).Build();
    }

    public override string Name => "request";

    public override int MaxLength => 2048;

    public override long MaxAllocated => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "\n", "\n\n", "GET ", "POST ", "PUT ", "HEAD ", "/sign-in", "/sign-out", "/snapshot.jpg", "/api/v1/counts", "/api/v1/settings", "/api/v1/detect", "/cameras/camera/snapshot.jpg", "?width=480", "&quality=60", "&fps=5", "&width=", "?step=minute",
        "&from=2026-11-26", "&to=9998-12-31", "&from=0002-01-01", "?camera=camera", "%00", "%ff", "..%2f", "X-Page-Key: " + Key + "\n", "Cookie: faceedge-sign-in=", "CfDJ8", "; faceedge-sign-inC1=", "chunks-2", "Authorization: Basic ", "Accept: text/html\n",
        "Accept: text/csv\n", "Content-Type: application/x-www-form-urlencoded\n", "Content-Type: multipart/form-data; boundary=x\n", "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n", "key=" + Key, "&remember=on", "&to=//evil", "; charset=utf-7", "Content-Type: application/json\n",
        "{\"privacy\":\"blur\"}", "Origin: http://evil.example\n", "X-Forwarded-Proto: https\n");

    public override IEnumerable<byte[]> Seeds() => AsBytes(
        $"POST /sign-in\nContent-Type: application/x-www-form-urlencoded\n\nkey={Key}&to=?camera=camera&remember=on",
        "POST /sign-in\nContent-Type: multipart/form-data; boundary=x\n\n--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nno\r\n--x--\r\n",
        "GET /?a=b\nAccept: text/html\nCookie: faceedge-sign-in=CfDJ8nonsense; faceedge-sign-inC1=x\n\n",
        $"GET /snapshot.jpg?width=480&quality=60\nX-Page-Key: {Key}\n\n",
        $"GET /stream.mjpg?width=wide&fps=0\nX-Page-Key: {Key}\nAccept: text/html\n\n",
        $"GET /api/v1/counts?camera=camera&from=2026-11-25&to=2026-11-26T08:00:00Z&step=minute\nX-Page-Key: {Key}\nAccept: text/csv\n\n",
        $"PUT /api/v1/settings\nX-Page-Key: {Key}\nContent-Type: application/json\n\n{{\"privacy\":\"blur\",\"mode\":null}}",
        "GET /api/v1/info\nAuthorization: Basic eDp5\n\n");

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (Read(input) is not { } context)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Longest);
        context.RequestAborted = limit.Token;
        try
        {
            _pipeline(context).GetAwaiter().GetResult();
            Require(context.Response.StatusCode < 500 || context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable, $"an answer that is no error of the service: {context.Response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            // The other side went.
        }
    }

    protected override void Dispose(bool disposing)
    {
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private DefaultHttpContext? Read(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf("\n\n"u8);
        var head = Encoding.Latin1.GetString(end < 0 ? input : input[..end]).Split('\n');
        if (head[0].Split(' ', 2) is not [var method, ['/', ..] address]
            || method.Length == 0
            || !method.All(char.IsAsciiLetterUpper)
            || address.Contains("%00", StringComparison.Ordinal))
        {
            // What the server itself refuses.
            return null;
        }

        var context = new DefaultHttpContext { RequestServices = _app.Services };
        var request = context.Request;
        request.Method = method;
        request.Scheme = "http";
        request.Host = new HostString("localhost");
        var query = address.IndexOf('?', StringComparison.Ordinal);
        request.Path = PathString.FromUriComponent(query < 0 ? address : address[..query]);
        request.QueryString = new QueryString(query < 0 ? "" : address[query..]);
        foreach (var line in head.AsSpan(1))
        {
            if (line.Split(": ", 2) is [{ Length: > 0 } name, var value] && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            {
                request.Headers.Append(name, value);
            }
        }

        var body = end < 0 ? [] : input[(end + 2)..].ToArray();
        request.Body = new MemoryStream(body);
        request.ContentLength = body.Length;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(body.Length > 0));
        context.Response.Body = Stream.Null;

        // Of somebody else each time: whoever guesses keys too often is not answered any more.
        var from = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(from, string.GetHashCode(Convert.ToHexString(input), StringComparison.Ordinal));
        context.Connection.RemoteIpAddress = new IPAddress(from);
        return context;
    }

    private sealed class HasBody(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => canHaveBody;
    }
}
