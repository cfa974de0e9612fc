using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.History;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>history</c>.</summary>
internal sealed record HistoryResult(IReadOnlyList<HistoryEntry> Entries) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.HistoryResult;

    /// <summary>Promotions and changes of sites by their time; those of one second as Git has each kind.</summary>
    public static HistoryResult Of(IEnumerable<PromotionRecord> records, IEnumerable<SiteRecord> changes, int limit) =>
        new([.. records.Select(HistoryEntry.Of).Concat(changes.Select(HistoryEntry.Of)).OrderByDescending(entry => entry.At).Take(limit)]);

    void ICommandResult.Render(IAnsiConsole console)
    {
        if (Entries.Count == 0)
        {
            console.WriteLine("nothing was promoted, rolled back or changed yet");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("when (UTC)", "environment", "what", "image", "by", "commit");
        foreach (var entry in Entries)
        {
            table.AddRow(
                $"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm}",
                Markup.Escape(entry.Environment),
                entry.Change is { } change ? Markup.Escape(change) : entry.RolledBack.Count > 0 ? "rollback" : Markup.Escape($"from {entry.From}{(entry.Wave is null ? "" : $", wave {entry.Wave}")}"),
                Markup.Escape(entry.Image ?? ""),
                Markup.Escape(entry.By),
                entry.Commit[..8]);
        }

        console.Write(table);
    }
}

/// <summary>One promotion, rollback or change of sites, with every trailer of its commit.</summary>
internal sealed record HistoryEntry(
    string Commit,
    DateTimeOffset At,
    string By,
    string Environment,
    string? Image,
    string? From,
    string? Wave,
    IReadOnlyList<string> RolledBack,
    IReadOnlyList<KeyValuePair<string, string>> Trailers)
{
    /// <summary>What was done to sites; null for a promotion and a rollback.</summary>
    public string? Change { get; private init; }

    public static HistoryEntry Of(SiteRecord record) => new(
        record.Commit, record.At, record.By, record.Folder ?? "all", null, null, null, [], [.. record.Trailers.Select(trailer => KeyValuePair.Create(trailer.Key, trailer.Value))])
    {
        Change = record.What,
    };

    public static HistoryEntry Of(PromotionRecord record) => new(
        record.Commit,
        record.At,
        record.By,
        record.Environment,
        record.Image.ToString(),
        record.From,
        record.Value(PromotionTrailers.RolloutWave),
        [.. record.RolledBack.Select(image => image.ToString())],
        [.. record.Trailers.Select(trailer => KeyValuePair.Create(trailer.Key, trailer.Value))]);
}
