using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>history</c>: the promotions, the rollbacks and the changes of sites, newest first, from the commits' trailers.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "One environment alone.");
        var site = new Option<string>("--site") { Description = "What concerns one site of it alone.", HelpName = "NAME" };
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit }.Between(1, int.MaxValue);
        var command = new Command("history", "List promotions, rollbacks and changes of sites, newest first.") { environment, site, limit };
        command.AddRule(result =>
        {
            if (result.GetValue(site) is not null && result.GetValue(environment) is null)
            {
                result.AddError("--site needs --env");
            }
        });
        ReadOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var commit = await ReadOptions.CommitAsync(run, repository, cancellation);
            var history = await PromotionHistory.ReadAsync(repository.Git, commit, cancellation);
            var changes = await SiteHistory.ReadAsync(repository.Git, commit, cancellation);
            if (run.Options.GetValue(environment) is not { } name)
            {
                return HistoryResult.Of(history.Records, changes, run.Options.GetValue(limit));
            }

            var records = history.Of(name).ToList();
            changes = [.. changes.Where(change => change.IsAbout(name, run.Options.GetValue(site)))];
            if (records.Count == 0 && changes.Count == 0)
            {
                // A name that the policy does not have is a slip, unless it once had it.
                _ = (await DesiredState.ReadAsync(repository, commit, cancellation)).Environment(name);
            }

            return HistoryResult.Of(records, changes, run.Options.GetValue(limit));
        });
    }
}

/// <summary>The result of <c>history</c>.</summary>
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
