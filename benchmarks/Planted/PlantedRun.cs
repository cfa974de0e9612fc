using System.Globalization;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Benchmarks.Planted;

/// <summary>What the gate said of one planted slowdown: a line of the run's table, tab-separated.</summary>
/// <param name="Share">Time wasted on top, as a share of what detection takes: 0.1 is a tenth slower.</param>
/// <param name="Number">1 for the first run of this share.</param>
/// <param name="Verdict">The gate's answer.</param>
/// <param name="Ratio">Processor time, head / base.</param>
/// <param name="Control">Processor time, base / base.</param>
/// <param name="Blocks">How many it took.</param>
/// <param name="Seconds">How long it took by the wall.</param>
/// <param name="Load">Load average of the machine when it ended; 0 where the system has none.</param>
internal sealed record PlantedRun(double Share, int Number, GateVerdict Verdict, double Ratio, double Control, int Blocks, double Seconds, double Load)
{
    /// <exception cref="FormatException">The line is not what <see cref="ToString"/> writes.</exception>
    public static PlantedRun Parse(string line)
    {
        var cells = line.Split('\t');
        return cells.Length == 8
            ? new(
                Cell<double>(cells[0]),
                Cell<int>(cells[1]),
                Enum.Parse<GateVerdict>(cells[2]),
                Cell<double>(cells[3]),
                Cell<double>(cells[4]),
                Cell<int>(cells[5]),
                Cell<double>(cells[6]),
                Cell<double>(cells[7]))
            : throw new FormatException($"\"{line}\" has {cells.Length} cells rather than 8");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Share:0.00}\t{Number}\t{Verdict}\t{Ratio:0.0000}\t{Control:0.0000}\t{Blocks}\t{Seconds:0.0}\t{Load:0.0}");

    private static T Cell<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
