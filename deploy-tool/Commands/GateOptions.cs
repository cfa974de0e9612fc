using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary>The options that give gates what they ask for.</summary>
internal static class GateOptions
{
    private const string Evidence = "--evidence";
    private const string ApprovedBy = "--approved-by";
    private const string OverrideFreeze = "--override-freeze";

    private const string SkipGates = "--skip-gates";
    private const string AllowRolledBack = "--allow-rolled-back";

    public static void AddTo(Command command)
    {
        command.Add(new Option<string[]>(Evidence)
        {
            Description = "Report of gate, eval or check-site; may be repeated.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        });
        command.Add(new Option<string[]>(ApprovedBy) { Description = "Who approved; may be repeated.", HelpName = "NAME" });
        command.Add(new Option<string>(OverrideFreeze) { Description = "Go through a freeze for this reason; recorded in the commit.", HelpName = "REASON" });
        command.Add(new Option<bool>(SkipGates) { Description = "Ask no gate, for rehearsals and repairs; recorded in the commit." });
        command.Add(new Option<bool>(AllowRolledBack) { Description = "Take an image that was rolled back; recorded in the commit." });
    }

    /// <summary>Reads what <c>promote</c> and <c>rollout</c> are asked for.</summary>
    /// <param name="run">The command line.</param>
    /// <param name="to">Environment that the image goes into.</param>
    /// <param name="from">Environment that it comes from; null when it was not named.</param>
    /// <param name="image">The image; null when it was not named.</param>
    public static PromoteRequest ReadRequest(CommandRun run, string to, string? from, string? image) => new(
        to,
        from,
        image is null ? null : ImageArgument.Parse(image),
        ReadInputs(run),
        run.Options.GetValue<bool>(SkipGates),
        run.Options.GetValue<bool>(AllowRolledBack));

    private static GateInputs ReadInputs(CommandRun run)
    {
        var reason = run.Options.GetValue<string>(OverrideFreeze);
        return reason is not null && string.IsNullOrWhiteSpace(reason)
            ? throw DeployException.BadInput($"{OverrideFreeze} has no reason", "say why, since it is recorded")
            : new GateInputs(
                [.. (run.Options.GetValue<string[]>(Evidence) ?? []).Select(path => EvidenceFile.Read(run.Resolve(path)))],
                run.Options.GetValue<string[]>(ApprovedBy) ?? [],
                reason);
    }
}
