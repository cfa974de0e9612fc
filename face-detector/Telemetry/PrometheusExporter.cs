using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Prometheus;

namespace FaceEdge.Telemetry;

/// <summary>Shows the instruments of one meter in a Prometheus registry, each under its own name and kind, beside the process's and the runtime's figures.</summary>
/// <remarks>
/// prometheus-net has an adapter of its own, which makes every counter a gauge, puts the meter's name before each name, and forgets what did not change
/// for five minutes.
/// </remarks>
internal sealed class PrometheusExporter : IDisposable
{
    private readonly MeterListener _listener = new();

    /// <param name="meter">Whose instruments are shown; those of other meters of the same name are not.</param>
    public PrometheusExporter(Meter meter)
    {
        DotNetStats.Register(Registry);
        var factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listener.EnableMeasurementEvents(instrument, new Series(factory, instrument));
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, labels, series) => ((Series)series!).Record(value, labels));
        _listener.SetMeasurementEventCallback<long>(static (_, value, labels, series) => ((Series)series!).Record(value, labels));
        _listener.SetMeasurementEventCallback<int>(static (_, value, labels, series) => ((Series)series!).Record(value, labels));
        _listener.Start();
        Registry.AddBeforeCollectCallback(_listener.RecordObservableInstruments);
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    public void Dispose() => _listener.Dispose();

    /// <summary>One instrument's collector, made at its first measurement: only that tells the names of its labels.</summary>
    private sealed class Series(IMetricFactory factory, Instrument instrument)
    {
        private readonly Lock _gate = new();
        private Action<double, ReadOnlySpan<string>>? _record;

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            var values = new LabelValues();
            for (var i = 0; i < labels.Length; i++)
            {
                values[i] = labels[i].Value as string ?? "";
            }

            (Volatile.Read(ref _record) ?? Make(labels))(value, ((Span<string>)values)[..labels.Length]);
        }

        private Action<double, ReadOnlySpan<string>> Make(ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            var names = new string[labels.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = labels[i].Key;
            }

            lock (_gate)
            {
                return _record ??= Make(names);
            }
        }

        private Action<double, ReadOnlySpan<string>> Make(string[] labels)
        {
            var (name, help) = (instrument.Name, instrument.Description ?? "");
            switch (instrument)
            {
                case Counter<long>:
                    var counter = factory.CreateCounter(name, help, labels);
                    return (value, values) => counter.WithLabels(values).Inc(value);
                case ObservableCounter<long> or ObservableCounter<double>:
                    var total = factory.CreateCounter(name, help, labels);
                    return (value, values) => total.WithLabels(values).IncTo(value);
                case ObservableGauge<long> or ObservableGauge<int> or ObservableGauge<double>:
                    var gauge = factory.CreateGauge(name, help, labels);
                    return (value, values) => gauge.WithLabels(values).Set(value);
                case Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds }:
                    var histogram = factory.CreateHistogram(name, help, labels, new HistogramConfiguration { Buckets = [.. bounds] });
                    return (value, values) => histogram.WithLabels(values).Observe(value);
                default:
                    throw new NotSupportedException($"{name} is a {instrument.GetType().Name}, which is not exported.");
            }
        }
    }

    /// <summary>No instrument has more labels than this.</summary>
    [InlineArray(8)]
    private struct LabelValues
    {
        private string _first;
    }
}
