using System.Globalization;
using System.Runtime.CompilerServices;
using FaceEdge.Fuzz.Targets;

namespace FaceEdge.Fuzz;

/// <summary>How the program is called.</summary>
/// <param name="Seconds">For each target.</param>
/// <param name="Work">Folder for what the run writes.</param>
/// <param name="Seed">Of the first process of each target.</param>
/// <param name="Keeps">Whether what was found goes into the repository's inputs.</param>
/// <param name="Targets">Names.</param>
internal sealed record Arguments(int Seconds, string Work, int Seed, bool Keeps, IReadOnlyList<string> Targets)
{
    /// <summary>First argument of the process that feeds one target.</summary>
    public const string Inside = "--inside";

    public const string Usage = """
        usage: dotnet run -c Release --project tests/Fuzz [-- --seconds N] [--work FOLDER] [--seed N] [--keep] [TARGET ...]

        Feeds each target (all of them without a name) for N seconds, 300 unless FACEEDGE_FUZZ_SECONDS says otherwise. Exit code 1: something was found.
        --keep then makes tests/Fuzz/Corpus of the shortest inputs that take every branch.
        """;

    private const int StandardSeconds = 300;

    /// <summary>The inputs in the repository.</summary>
    public static string Corpus { get; } = Path.Combine(Path.GetDirectoryName(Source())!, "Corpus");

    /// <summary>Null when the call is wrong.</summary>
    public static Arguments? Read(string[] args)
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("FACEEDGE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var set) ? set : StandardSeconds;
        var work = Path.Combine(Path.GetTempPath(), "faceedge-fuzz");
        var seed = 1;
        var keeps = false;
        var targets = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var good = args[i] switch
            {
                "--seconds" => ++i < args.Length && int.TryParse(args[i], CultureInfo.InvariantCulture, out seconds) && seconds > 0,
                "--seed" => ++i < args.Length && int.TryParse(args[i], CultureInfo.InvariantCulture, out seed),
                "--work" => ++i < args.Length && (work = Path.GetFullPath(args[i])).Length > 0,
                "--keep" => keeps = true,
                var name => FuzzTargets.Names.Contains(name),
            };
            if (!good)
            {
                return null;
            }

            if (FuzzTargets.Names.Contains(args[i]))
            {
                targets.Add(args[i]);
            }
        }

        return new Arguments(seconds, work, seed, keeps, targets.Count > 0 ? targets : [.. FuzzTargets.Names]);
    }

    private static string Source([CallerFilePath] string path = "") => path;
}
