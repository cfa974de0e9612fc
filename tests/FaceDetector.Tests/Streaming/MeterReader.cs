using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FaceEdge.Telemetry;

namespace FaceEdge.Tests.Streaming;

/// <summary>Adds up what a service measures.</summary>
internal sealed class MeterReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _totals = new(StringComparer.Ordinal);
    private TaskCompletionSource _measured = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MeterReader(ServiceMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.SetMeasurementEventCallback<double>((instrument, _, labels, _) =>
            Add(labels.Length > 1 ? $"{instrument.Name}/{labels[1].Value}" : instrument.Name, 1));
        _listener.Start();
    }

    public long FramesDetected => Total("faceedge_frames_detected_total");

    public long FramesEncoded => Total("faceedge_frames_encoded_total");

    /// <summary>Frames that went the whole length of the pipeline.</summary>
    public long FramesProcessed => Total("faceedge_stage_seconds/total");

    /// <summary>A counter's sum, or how many values a histogram took; of a stage by name/stage.</summary>
    public long Total(string name) => _totals.GetValueOrDefault(name);

    /// <summary>Ends when so many frames have gone the whole length of the pipeline.</summary>
    public async Task ProcessedAsync(long frames)
    {
        while (true)
        {
            var next = Volatile.Read(ref _measured).Task;
            if (FramesProcessed >= frames)
            {
                return;
            }

            await next.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string name, long value)
    {
        _totals.AddOrUpdate(name, value, (_, before) => before + value);
        Interlocked.Exchange(ref _measured, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
