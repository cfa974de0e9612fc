using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FaceEdge.Tests.Capture;

/// <summary>A camera on loopback that answers each connection with the bytes it is told to, valid HTTP or not.</summary>
internal sealed class RawCamera : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<int, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _serving;
    private int _asked;

    private RawCamera(Func<int, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/camera";

    /// <param name="answer">Gets the number of the connection, from 0; the connection ends with it.</param>
    public static RawCamera Start(Func<int, NetworkStream, CancellationToken, Task> answer) => new(answer);

    /// <summary>The same head and body for everyone.</summary>
    public static RawCamera Start(string head, byte[] body) =>
        new(async (_, connection, token) => await connection.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body], token));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        await Task.WhenAll(_connections);
        _over.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_over.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var request = new byte[4096];
                if (await client.GetStream().ReadAsync(request, _over.Token) > 0)
                {
                    await _answer(Interlocked.Increment(ref _asked) - 1, client.GetStream(), _over.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The reader has seen enough.
            }
        }
    }
}
