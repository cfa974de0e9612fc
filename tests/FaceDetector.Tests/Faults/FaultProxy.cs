using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Tests.Faults;

/// <summary>A TCP proxy in front of a camera that damages what the camera sends, as the current <see cref="Fault"/> says.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int TrickleBytesPerSecond = 500;
    private const int NarrowBytesPerSecond = 20_000;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, Task> _connections = new();
    private readonly int _camera;
    private readonly Task _accepting;
    private readonly Random _random = new(1);
    private volatile Fault _fault;
    private int _hurt;

    /// <param name="camera">The port of the camera on this host.</param>
    public FaultProxy(int camera)
    {
        _camera = camera;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Changes what happens from now on, on connections that there are and on new ones.</summary>
    public Fault Fault
    {
        get => _fault;
        set
        {
            Volatile.Write(ref _hurt, 0);
            _fault = value;
            if (value is Fault.Cut or Fault.Reset)
            {
                foreach (var client in _connections.Keys)
                {
                    End(client);
                }
            }
        }
    }

    /// <summary>Waits until the fault has had its effect on so many pieces of what the camera sent.</summary>
    public async Task HasHurtAsync(int pieces)
    {
        while (Volatile.Read(ref _hurt) < pieces)
        {
            await Task.Delay(Step, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections[client] = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await Task.Yield();
        try
        {
            if (_fault is Fault.Cut or Fault.Reset)
            {
                End(client);
                return;
            }

            using var camera = new TcpClient();
            await camera.ConnectAsync(IPAddress.Loopback, _camera, _stop.Token);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var asking = client.GetStream().CopyToAsync(camera.GetStream(), over.Token);
            var answering = AnswerAsync(camera.GetStream(), client.GetStream(), over.Token);
            await Task.WhenAny(asking, answering);
            await over.CancelAsync();
            await Task.WhenAll(asking, answering);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of both is gone, which is what this proxy is for.
        }
        finally
        {
            client.Dispose();
            _connections.TryRemove(client, out _);
        }
    }

    private async Task AnswerAsync(NetworkStream camera, NetworkStream client, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await camera.ReadAsync(buffer, cancellationToken) is var count && count > 0)
        {
            var fault = _fault;
            if (fault != Fault.None)
            {
                Interlocked.Increment(ref _hurt);
            }

            switch (fault)
            {
                case Fault.Stall:
                    await WaitWhileAsync(fault, TimeSpan.MaxValue, cancellationToken);
                    break;
                case Fault.Trickle:
                    await WaitWhileAsync(fault, TimeSpan.FromSeconds((double)count / TrickleBytesPerSecond), cancellationToken);
                    break;
                case Fault.Narrow:
                    await WaitWhileAsync(fault, TimeSpan.FromSeconds((double)count / NarrowBytesPerSecond), cancellationToken);
                    break;
                case Fault.Garbage:
                    _random.NextBytes(buffer.AsSpan(0, count));
                    break;
                case Fault.Half:
                    count = _random.Next(count + 1);
                    break;
            }

            await client.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private async Task WaitWhileAsync(Fault fault, TimeSpan atMost, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; _fault == fault && waited < atMost; waited += Step)
        {
            await Task.Delay(Step, cancellationToken);
        }
    }

    private void End(TcpClient client)
    {
        try
        {
            if (_fault == Fault.Reset)
            {
                client.Client.LingerState = new LingerOption(true, 0);
            }

            client.Client.Close();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself.
        }
    }
}
