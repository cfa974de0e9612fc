using System.Threading.Channels;
using FaceEdge.Capture;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Capture;

/// <summary>Asks for other frames when told to, and tells when it gets them.</summary>
internal sealed class DemandingSink : IFrameSink, IDisposable
{
    private readonly Channel<(FrameDemand Demand, string? Note)> _delivered = Channel.CreateUnbounded<(FrameDemand, string?)>();
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameDemand _demand;

    public FramePool Pool { get; } = new();

    public FrameDemand Demand
    {
        get
        {
            lock (_gate)
            {
                return _demand;
            }
        }

        set
        {
            lock (_gate)
            {
                _demand = value;
                _changed.TrySetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public Task DemandOtherThanAsync(FrameDemand known, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _demand == known ? _changed.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        }
    }

    public void Delivers(FrameDemand demand, string? note) => _delivered.Writer.TryWrite((demand, note));

    public void Publish(Frame frame) => frame.Dispose();

    /// <summary>Waits until the source follows the demand.</summary>
    /// <returns>What it has to say.</returns>
    public async Task<string?> FollowsAsync(FrameDemand demand)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        while (true)
        {
            var delivered = await _delivered.Reader.ReadAsync(limit.Token);
            if (delivered.Demand == demand)
            {
                return delivered.Note;
            }
        }
    }

    public void Dispose()
    {
        Pool.Dispose();
        FrameAssert.AllComeBackTo(Pool);
    }
}
