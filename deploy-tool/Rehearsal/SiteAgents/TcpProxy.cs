namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>
/// A site's address: hands connections on to the process that serves now, as a Kubernetes Service does, so that the page stays while one
/// process takes over from another. It listens on the loopback address alone.
/// </summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListenerLoop _listener;
    private int _target;

    public TcpProxy(int port) =>
        _listener = new TcpListenerLoop(port, caller => Target is var target and not 0 ? TcpListenerLoop.JoinAsync(caller, target, default) : Task.CompletedTask);

    public int Port => _listener.Port;

    /// <summary>The port that new connections go to; 0 for none.</summary>
    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    public void Dispose() => _listener.Dispose();
}
