using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// A site's line to another host, as a local address. While it is cut it carries nothing and says nothing, as a line does whose far end is gone: what is sent waits
/// until the sender gives up. Connections of before the cut are dead when it is back.
/// </summary>
internal sealed class SiteLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _far;
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();
    private TaskCompletionSource _back = new();

    public SiteLine(string far)
    {
        _far = new Uri(far);
        _back.SetResult();
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    public void Cut()
    {
        _back = new TaskCompletionSource();
        _cut.Cancel();
    }

    public void Restore()
    {
        _cut.Dispose();
        _cut = new CancellationTokenSource();
        _back.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _cut.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _cut.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> carried = [];
        try
        {
            while (true)
            {
                carried.RemoveAll(one => one.IsCompleted);
                carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var caller = near;
        using var far = new TcpClient();
        try
        {
            if (!_cut.IsCancellationRequested)
            {
                await far.ConnectAsync(_far.Host, _far.Port, _cut.Token);
                var (here, there) = (caller.GetStream(), far.GetStream());
                using var over = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token);
                var ways = new[] { here.CopyToAsync(there, over.Token), there.CopyToAsync(here, over.Token) };
                await await Task.WhenAny(ways);
                await over.CancelAsync();
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // One side hung up, or the line was cut.
        }

        await _back.Task.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
