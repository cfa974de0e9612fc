using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>render</c>.</summary>
/// <param name="Outcome">What was done with what differs.</param>
/// <param name="Sites">Sites looked at.</param>
/// <param name="Files">Files of those sites.</param>
/// <param name="Changed">Files that were not as template and inventory make them.</param>
/// <param name="Diffs">Unified diffs, one a file.</param>
internal sealed record RenderResult(RenderEnd Outcome, int Sites, int Files, IReadOnlyList<string> Changed, IReadOnlyList<string> Diffs) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Outcome == RenderEnd.Checked && Changed.Count > 0 ? ExitCode.Refused : ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.RenderResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        if (Outcome is RenderEnd.Checked or RenderEnd.DryRun)
        {
            DiffLines.Render(console, Diffs);
        }

        console.WriteLine((Changed.Count, Outcome) switch
        {
            (0, _) => $"{Quantity.Of(Sites, "site")}, {Quantity.Of(Files, "file")}: all as template and inventory make them",
            (var count, RenderEnd.Adopted) => $"{Quantity.Of(Sites, "site")}: {Quantity.Of(count, "file")} of template and inventory written",
            (var count, RenderEnd.Written) => $"{Quantity.Of(Sites, "site")}, {Quantity.Of(Files, "file")}: {count} written",
            (var count, RenderEnd.DryRun) => $"dry run: {Quantity.Of(Sites, "site")}, {Quantity.Of(Files, "file")}: {count} would be written",
            var (count, _) => $"{Quantity.Of(Sites, "site")}, {Quantity.Of(Files, "file")}: {count} not as template and inventory make them: run deploy-tool render",
        });
    }
}

/// <summary>What <c>render</c> did with the files that differ.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RenderEnd>))]
internal enum RenderEnd
{
    /// <summary>They are in the work tree.</summary>
    Written,

    /// <summary>Template and inventory in the work tree say what the sites' files say.</summary>
    Adopted,

    /// <summary>Nothing was written, as asked.</summary>
    DryRun,

    /// <summary>Nothing was written: any difference is a no.</summary>
    Checked,
}
