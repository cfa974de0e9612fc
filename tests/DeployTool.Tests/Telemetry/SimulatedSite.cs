using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// One site's service as its exporter shows it: counters that grow with time, on a host of its own speed and at an entrance with traffic of its own, with the noise of a
/// busy machine. The behaviour of the image changes them.
/// </summary>
internal sealed class SimulatedSite
{
    private const double FramesPerSecond = 15;
    private static readonly double[] Buckets = [0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024];

    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly double _hostLatency;
    private readonly double _facesPerSecond;
    private readonly double[] _buckets = new double[Buckets.Length];
    private DateTimeOffset _at;
    private DateTimeOffset _started;
    private double _frames;
    private double _seconds;
    private double _faces;
    private string? _pending;
    private DateTimeOffset _updatesAt;

    public SimulatedSite(string name, int seed, string image, DateTimeOffset now)
    {
        Name = name;
        _random = new Random(seed);
        _hostLatency = 0.006 * Math.Exp(_random.NextDouble() * 1.6);
        _facesPerSecond = 2 + (_random.NextDouble() * 20);
        Image = image;
        _at = _started = now;
    }

    public string Name { get; }

    /// <summary>What runs.</summary>
    public string Image { get; private set; }

    /// <summary>Whether the line to the centre is there.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>Every image that ever ran.</summary>
    public HashSet<string> Ran { get; } = [];

    /// <summary>Learns what Git wants, and pulls it in a while.</summary>
    public void Want(string image, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (image != Image && image != _pending)
            {
                _pending = image;
                _updatesAt = now + TimeSpan.FromSeconds(0.2 + _random.NextDouble());
            }
        }
    }

    /// <summary>What runs now, when what was to be pulled has been.</summary>
    public string Run(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_pending is { } image && now >= _updatesAt)
            {
                (Image, _pending) = (image, null);
                Restart(now);
            }

            Ran.Add(Image);
            return Image;
        }
    }

    /// <summary>The exposition, in the text format of Prometheus, with these labels on every series.</summary>
    public void Write(StringBuilder text, string labels, DateTimeOffset now, Func<string, ReleaseBehaviour> behaviourOf)
    {
        lock (_lock)
        {
            var behaviour = behaviourOf(Run(now));
            if (behaviour.CrashesEvery is { } life && now - _started > life)
            {
                Restart(now);
            }

            Live((now - _at).TotalSeconds, behaviour);
            _at = now;
            Line("faceedge_build_info", $"{labels},image=\"{Image}\",version=\"1.0.0\"", 1);
            Line("faceedge_start_time_seconds", labels, _started.ToUnixTimeMilliseconds() / 1000.0);
            Line("faceedge_ready", labels, 1);
            Line("faceedge_camera_live", $"{labels},camera=\"main\"", behaviour.IsCameraDead ? 0 : 1);
            Line("faceedge_faces_found_total", $"{labels},camera=\"main\"", _faces);
            var stage = $"{labels},camera=\"main\",stage=\"total\"";
            for (var i = 0; i < Buckets.Length; i++)
            {
                Line("faceedge_stage_seconds_bucket", $"{stage},le=\"{Buckets[i].ToString(CultureInfo.InvariantCulture)}\"", _buckets[i]);
            }

            Line("faceedge_stage_seconds_bucket", $"{stage},le=\"+Inf\"", _frames);
            Line("faceedge_stage_seconds_sum", stage, _seconds);
            Line("faceedge_stage_seconds_count", stage, _frames);
        }

        void Line(string name, string braces, double value) =>
            text.Append(name).Append('{').Append(braces).Append("} ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private void Restart(DateTimeOffset now)
    {
        _started = now;
        (_frames, _seconds, _faces) = (0, 0, 0);
        Array.Clear(_buckets);
    }

    private void Live(double elapsed, ReleaseBehaviour behaviour)
    {
        if (behaviour.IsCameraDead)
        {
            return;
        }

        // A neighbour's load comes and goes: between scrapes latency and traffic wander by a fifth.
        var latency = _hostLatency * behaviour.Slowness * (0.9 + (0.2 * _random.NextDouble()));
        var frames = FramesPerSecond * elapsed;
        _frames += frames;
        _seconds += frames * latency;
        _faces += behaviour.IsBlind ? 0 : elapsed * _facesPerSecond * (0.8 + (0.4 * _random.NextDouble()));
        for (var i = 0; i < Buckets.Length; i++)
        {
            _buckets[i] += latency <= Buckets[i] ? frames : 0;
        }
    }
}
