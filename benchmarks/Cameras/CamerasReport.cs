using System.Globalization;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>The tables of <c>cameras</c>: medians over the rounds.</summary>
internal sealed class CamerasReport(CamerasComparison options, IReadOnlyList<CameraRow> rows, IReadOnlyList<BareCost> costs, PacedCost paced)
{
    public void Write(TextWriter output)
    {
        output.WriteLine($"{ThisMachine.Describe()}; medians of {options.Repeats} rounds of {options.Seconds} s");
        WriteBareWork(output);
        output.WriteLine();
        WriteTable(output);
        WriteGrowth(output);
    }

    private static double Middle(IEnumerable<CameraRow> group, Func<CameraRow, double> value) => Quantile.Median(group.Select(value));

    private double Bare(Func<BareCost, double> part) => Quantile.Median(costs.Select(part));

    private void WriteBareWork(TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bare work of a frame: decode {Bare(cost => cost.Decode):0.00} ms, Run {Bare(cost => cost.Run):0.00} ms, encode {Bare(cost => cost.Encode):0.00} ms"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"at the camera's pace: decode {paced.Decode:0.00} ms, Run {paced.Run:0.00} ms, from one process to the other {paced.Pipe:0.00} ms: {(paced.Decode + paced.Run + paced.Pipe) / Bare(cost => cost.Decode + cost.Run):0.00} of bare work"));
    }

    private void WriteTable(TextWriter output)
    {
        output.WriteLine("| service | cameras | viewers | cores | service ms a frame | ffmpeg ms a frame | of bare work | dropped | frames/s | searched/s: first | least | most | service MB | ffmpeg MB each |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var group in rows.GroupBy(row => (row.Cameras, row.Viewers, row.Service)))
        {
            // Bare work is that of the usual film.
            var ratio = options.Film == FilmKind.Mixed ? "" : Middle(group, r => r.Ratio).ToString("0.00", CultureInfo.InvariantCulture);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Service} | {group.Key.Cameras} | {group.Key.Viewers} | {Middle(group, r => r.Cores):0.000} | {Middle(group, r => r.ServiceMilliseconds):0.00} | {Middle(group, r => r.FfmpegMilliseconds):0.00} | {ratio} | {Middle(group, r => r.Dropped):0.0%} | {Middle(group, r => r.FramesPerSecond):0.00} | {Middle(group, r => r.First):0.00} | {Middle(group, r => r.Least):0.00} | {Middle(group, r => r.Most):0.00} | {Middle(group, r => r.ServiceMegabytes):0} | {Middle(group, r => r.FfmpegMegabytes) / group.Key.Cameras:0.0} |"));
        }
    }

    /// <summary>What more cameras take, against the fewest that were measured.</summary>
    private void WriteGrowth(TextWriter output)
    {
        foreach (var service in rows.Where(row => row.Viewers == options.Viewers.Min()).GroupBy(row => row.Service))
        {
            var groups = service.GroupBy(row => row.Cameras).OrderBy(group => group.Key).ToArray();
            var first = groups[0];
            foreach (var group in groups.Skip(1))
            {
                var further = (Middle(group, r => r.ServiceMegabytes) - Middle(first, r => r.ServiceMegabytes)) / (group.Key - first.Key);
                output.WriteLine();
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{service.Key}: {group.Key} cameras take {Middle(group, r => r.Cores) / Middle(first, r => r.Cores):0.0} x the processor time of {first.Key}; a further camera takes {further:0.0} MB beside its ffmpeg"));
            }
        }
    }
}
