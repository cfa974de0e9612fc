using System.Globalization;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>What the latency runner measures.</summary>
/// <param name="AnswersGate">Speaks the runner protocol instead of printing a table.</param>
/// <param name="Model">Catalogue name; null for the service's default.</param>
/// <param name="Threads">Threads of one inference; one is the steadiest on a machine that does other work.</param>
/// <param name="Only">Measures the one benchmark of this name; null for all.</param>
/// <param name="Burn">
/// Share of its time that detection wastes on top, to see whether the gate notices: 0.1 makes it a tenth slower. Here only; the service
/// has no such thing.
/// </param>
internal sealed record LatencyOptions(bool AnswersGate, string? Model, int Threads, string? Only, double Burn)
{
    /// <exception cref="FormatException">An option is unknown or its value is not usable.</exception>
    public static LatencyOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new LatencyOptions(AnswersGate: false, Model: null, Threads: 1, Only: null, Burn: 0);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--turns")
            {
                options = options with { AnswersGate = true };
                continue;
            }

            var name = args[i];
            var value = ++i < args.Length ? args[i] : throw new FormatException($"{name} is unknown or lacks a value");
            options = name switch
            {
                "--model" => options with { Model = value },
                "--threads" => options with { Threads = Math.Clamp(int.Parse(value, CultureInfo.InvariantCulture), 1, 64) },
                "--only" => options with { Only = value },
                "--burn" => options with { Burn = Math.Clamp(double.Parse(value, CultureInfo.InvariantCulture), 0, 10) },
                _ => throw new FormatException($"unknown option {name}: latency takes --turns, --model NAME, --threads N, --only NAME, --burn SHARE"),
            };
        }

        return options;
    }
}
