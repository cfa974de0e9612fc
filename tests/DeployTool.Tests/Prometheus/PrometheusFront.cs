using System.Net;
using System.Text;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Tests.Prometheus;

/// <summary>A server that answers every query alike, and keeps what it was asked.</summary>
internal sealed class PrometheusFront : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerResponse, CancellationToken, Task> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private PrometheusFront(Func<HttpListenerResponse, CancellationToken, Task> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort.Take()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public string? Authorization { get; private set; }

    public string? Form { get; private set; }

    public static PrometheusFront Answering(int status, string body, params (string Name, string Value)[] headers) => new(async (response, cancellation) =>
    {
        response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body), cancellation);
    });

    /// <summary>Sends headers and half an answer, and then nothing more.</summary>
    public static PrometheusFront Stalling() => new(async (response, cancellation) =>
    {
        response.SendChunked = true;
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("{\"status\":"), cancellation);
        await response.OutputStream.FlushAsync(cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Abort();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Authorization = context.Request.Headers["Authorization"];
                using var reader = new StreamReader(context.Request.InputStream);
                Form = await reader.ReadToEndAsync();
                await _answer(context.Response, _stop.Token);
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
