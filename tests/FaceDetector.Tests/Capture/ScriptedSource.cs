using System.Threading.Channels;
using FaceEdge.Capture;

namespace FaceEdge.Tests.Capture;

/// <summary>A source that the test plays: each connection is handed to it.</summary>
internal sealed class ScriptedSource : IFrameSource
{
    private readonly Queue<Func<IFrameSink, CancellationToken, Task>> _connections = new();
    private readonly Channel<IFrameSink> _kept = Channel.CreateUnbounded<IFrameSink>();

    public ScriptedSource Then(Func<IFrameSink, CancellationToken, Task> connection)
    {
        _connections.Enqueue(connection);
        return this;
    }

    public ScriptedSource ThenFails(string reason) => Then((_, _) => Task.FromException(new CaptureException(reason)));

    /// <summary>Shows a frame of one colour, then waits for the end of the connection.</summary>
    public ScriptedSource ThenShows(params byte[] colours) => Then(async (sink, cancellationToken) =>
    {
        foreach (var colour in colours)
        {
            sink.Show(colour);
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    });

    /// <summary>Shows a frame of one colour and leaves the sink to the test, then waits for the end of the connection.</summary>
    public ScriptedSource ThenShowsAndKeeps(byte colour) => Then(async (sink, cancellationToken) =>
    {
        sink.Show(colour);
        _kept.Writer.TryWrite(sink);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    });

    /// <summary>The sink of the next connection that <see cref="ThenShowsAndKeeps"/> plays, once its frame was shown.</summary>
    public ValueTask<IFrameSink> KeptAsync() => _kept.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        if (_connections.TryDequeue(out var connection))
        {
            await connection(sink, cancellationToken);
        }
        else
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
