using System.CommandLine;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Commands;

/// <summary>The options that name the branch which sites pull, where the clone does not say it by itself.</summary>
internal static class BranchOptions
{
    public const string Remote = "--remote";
    public const string Branch = "--branch";

    public static void AddTo(Command command)
    {
        command.Add(new Option<string>(Remote) { Description = "Remote of the branch that the sites pull; the checked-out branch's own if not given.", HelpName = "NAME" });
        command.Add(new Option<string>(Branch) { Description = "Branch that the sites pull; the checked-out one's upstream if not given.", HelpName = "NAME" });
    }

    public static string? RemoteOf(CommandRun run) => run.Options.GetValue<string>(Remote);

    public static string? BranchOf(CommandRun run) => run.Options.GetValue<string>(Branch);
}
