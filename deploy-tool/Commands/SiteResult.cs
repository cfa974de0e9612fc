using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of a command that changes which sites there are.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="What">What is so now.</param>
/// <param name="Files">Files that it changes.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="PullRequest">The pull request that it waits in or came by; null where it is none.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
/// <param name="Next">What is to be done by hand.</param>
/// <param name="Diffs">Unified diffs, one a file.</param>
internal sealed record SiteResult(
    ChangeEnd Outcome, string What, int Files, string? Commit, ProposedChange? PullRequest, string? Note, IReadOnlyList<string> Next, IReadOnlyList<string> Diffs) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.SiteResult;

    string? ICommandResult.Landed => Commit;

    public static SiteResult Of(ChangeOutcome outcome, string what, IReadOnlyList<string> next) =>
        new(outcome.End, what, outcome.Plan.Edits!.Files.Count, outcome.Commit, outcome.PullRequest, outcome.Note, next, outcome.Plan.Edits.Diffs);

    void ICommandResult.Render(IAnsiConsole console)
    {
        if (Outcome == ChangeEnd.DryRun)
        {
            DiffLines.Render(console, Diffs);
        }

        console.Profile.Out.Writer.WriteLine(Outcome switch
        {
            ChangeEnd.DryRun => $"dry run: {What}: {Quantity.Of(Files, "file")}; nothing was written",
            ChangeEnd.NothingToDo => $"{What} already; nothing to do",
            _ => $"{What}: {Quantity.Of(Files, "file")} {ChangeWords.How(Outcome, Commit, PullRequest)}",
        });
        foreach (var line in Next.Append(Note).OfType<string>())
        {
            console.Profile.Out.Writer.WriteLine(line);
        }
    }
}

/// <summary>The result of <c>site list</c>.</summary>
internal sealed record SiteListResult(IReadOnlyList<SiteListEntry> Sites) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.SiteListResult;

    /// <summary>Reads the sites of a work tree: those with files, and those of the inventory.</summary>
    public static SiteListResult Read(SiteTree tree, IReadOnlyList<SiteEnvironment> environments)
    {
        var source = new FolderSource(tree.Root);
        var renderer = SiteTemplate.IsIn(source) ? SiteRenderer.Read(source) : null;
        var names = environments.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var inventory = renderer?.Inventory.Sites.Where(site => names.Contains(site.Environment)).ToDictionary(site => site.Folder, StringComparer.Ordinal) ?? [];
        var stale = renderer?.Compare([.. inventory.Values], []).Where(file => !file.IsCurrent).Select(file => file.Site.Folder).ToHashSet(StringComparer.Ordinal) ?? [];
        var folders = environments.SelectMany(tree.Sites).ToDictionary(site => site.RelativePath, StringComparer.Ordinal);
        return new SiteListResult([.. folders.Keys.Union(inventory.Keys).Order(StringComparer.Ordinal).Select(folder =>
        {
            var (environment, name) = folder.Split('/') is [var first, var second] ? (first, second) : (folder, folder);
            var own = inventory.GetValueOrDefault(folder)?.Own;
            var state = !inventory.ContainsKey(folder) ? "by hand" : !folders.ContainsKey(folder) ? "not rendered" : stale.Contains(folder) ? "differs" : "rendered";
            return new SiteListEntry(
                environment, name, folder, state,
                own?.Values.ToDictionary(value => value.Key, value => value.Value.Text.Text, StringComparer.Ordinal) ?? [],
                own?.Labels.SelectMany(labels => labels.Value.Values).ToDictionary(label => label.Key, label => label.Value.Text.Text, StringComparer.Ordinal) ?? [],
                [.. own?.Fragments.Select(fragment => fragment.Text.Text) ?? []]);
        })]);
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("site", "files", "of its own");
        foreach (var site in Sites)
        {
            var own = site.Values.Concat(site.Labels).Select(one => $"{one.Key}={one.Value.ReplaceLineEndings(" ")}").Concat(site.Fragments);
            table.AddRow(Markup.Escape(site.Folder), site.State, Markup.Escape(string.Join(", ", own)));
        }

        console.Write(table);
    }
}

/// <summary>One site.</summary>
/// <param name="Environment">Of the site.</param>
/// <param name="Name">Of the site.</param>
/// <param name="Folder">From the sites folder.</param>
/// <param name="State"><c>rendered</c>, <c>differs</c> from what template and inventory make, <c>not rendered</c> yet, or written <c>by hand</c> without an inventory.</param>
/// <param name="Values">Parameters that it sets itself.</param>
/// <param name="Labels">Labels and settings that it has of its own.</param>
/// <param name="Fragments">Fragments that it brings in.</param>
internal sealed record SiteListEntry(
    string Environment, string Name, string Folder, string State,
    IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Fragments);
