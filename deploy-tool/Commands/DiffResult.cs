using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites.Comparison;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>diff</c>; like diff(1), it exits with 1 where there are differences.</summary>
internal sealed class DiffResult : ICommandResult
{
    public DiffResult(string from, string to, IReadOnlyList<Difference> differences, IReadOnlyList<Difference> allowed)
    {
        From = from;
        To = to;
        Allowed = [.. allowed.Select(one => one.Path is null ? one.Object.ToString() : one.Path.ToString()!).Distinct(StringComparer.Ordinal)];
        Differences = [.. differences.Select(one => new DiffEntry(
            one.Object.ToString(), one.Path?.ToString(), one.From?.Text, one.To?.Text, Place(one.From), Place(one.To), one.TouchesHost))];
    }

    public string From { get; }

    public string To { get; }

    public bool TouchesHost => Differences.Any(one => one.TouchesHost);

    public IReadOnlyList<DiffEntry> Differences { get; }

    /// <summary>Where they differ as the policy lets them.</summary>
    public IReadOnlyList<string> Allowed { get; }

    ExitCode ICommandResult.ExitCode => Differences.Count == 0 ? ExitCode.Done : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.DiffResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        foreach (var group in Differences.GroupBy(one => one.Object))
        {
            console.WriteLine($"{group.Key}{(group.First().TouchesHost ? "  (carrying this over may restart the host or put it into maintenance mode)" : "")}");
            foreach (var one in group)
            {
                console.WriteLine($"  {one.Path ?? "the whole object"}");
                Side(console, '-', one.From, one.FromPlace);
                Side(console, '+', one.To, one.ToPlace);
            }
        }

        console.WriteLine((Differences.Count, Allowed.Count) switch
        {
            (0, 0) => $"{From} and {To} are alike",
            (0, _) => $"{From} and {To} differ only in what may differ: {string.Join(", ", Allowed)}",
            var (count, _) => $"{From} and {To} differ in {count} values",
        });
    }

    private static void Side(IAnsiConsole console, char sign, string? value, string? place)
    {
        if (value is not null)
        {
            console.WriteLine($"    {sign} {value.ReplaceLineEndings("\\n")}   {place}");
        }
    }

    private static string? Place(PlacedValue? value) => value is null ? null : $"{SitesFolder.Name}/{value.File}:{value.Position.Line}";
}

/// <summary>One difference; a side that has no value is null.</summary>
internal sealed record DiffEntry(string Object, string? Path, string? From, string? To, string? FromPlace, string? ToPlace, bool TouchesHost);
