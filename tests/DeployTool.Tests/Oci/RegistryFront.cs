using System.Collections.Concurrent;
using System.Net;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>An HTTP server in the test process: answers by itself, or hands a request on to a registry behind it.</summary>
internal sealed class RegistryFront : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly HttpClient _http = new();
    private readonly Func<HttpListenerContext, bool> _answer;
    private readonly string? _behind;
    private readonly Task _serving;

    /// <param name="answer">Answers a request; false hands it on.</param>
    /// <param name="behind">Host and port of the registry behind; null when there is none.</param>
    public RegistryFront(Func<HttpListenerContext, bool> answer, string? behind = null)
    {
        _answer = answer;
        _behind = behind;
        (_listener, Host) = Listen();
        _serving = ServeAsync();
    }

    public string Host { get; }

    public string Name => $"{Host}/{LocalRegistry.Repository}";

    /// <summary>Method and path of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static bool Status(HttpListenerContext context, int status, Action<HttpListenerResponse>? more = null)
    {
        context.Response.StatusCode = status;
        more?.Invoke(context.Response);
        return true;
    }

    public static bool Body(HttpListenerContext context, string contentType, ReadOnlySpan<byte> body, string? digest = null)
    {
        context.Response.ContentType = contentType;
        if (digest is not null)
        {
            context.Response.Headers["Docker-Content-Digest"] = digest;
        }

        context.Response.ContentLength64 = body.Length;
        if (context.Request.HttpMethod != "HEAD")
        {
            context.Response.OutputStream.Write(body);
        }

        return true;
    }

    /// <summary>Promises more than it sends, and hangs up.</summary>
    public static bool BrokenOff(HttpListenerContext context, string contentType, ReadOnlySpan<byte> part)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength64 = part.Length + 1;
        context.Response.OutputStream.Write(part);
        context.Response.OutputStream.Flush();
        context.Response.Abort();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving;
        _http.Dispose();
    }

    /// <summary>Listens on a free port; another process may take it in between, and then the next is tried.</summary>
    private static (HttpListener Listener, string Host) Listen()
    {
        while (true)
        {
            var listener = new HttpListener();
            var host = $"localhost:{FreePort.Take()}";
            listener.Prefixes.Add($"http://{host}/");
            try
            {
                listener.Start();
                return (listener, host);
            }
            catch (HttpListenerException)
            {
                listener.Abort();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            Requests.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.PathAndQuery}");
            try
            {
                if (!_answer(context))
                {
                    await HandOnAsync(context);
                }

                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                context.Response.Abort();
            }
        }
    }

    private async Task HandOnAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), $"http://{_behind}{context.Request.Url!.PathAndQuery}");
        request.Headers.Accept.ParseAdd(context.Request.Headers["Accept"] ?? "*/*");
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Headers.TryGetValues("Docker-Content-Digest", out var digest))
        {
            context.Response.Headers["Docker-Content-Digest"] = digest.First();
        }

        if (context.Request.HttpMethod != "HEAD")
        {
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
        }
        else if (answer.Content.Headers.ContentLength is { } length)
        {
            context.Response.ContentLength64 = length;
        }
    }
}
