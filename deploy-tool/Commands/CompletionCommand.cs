using System.CommandLine;
using FaceEdge.CommandLine;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>completion SHELL</c>: the script that makes a shell ask this tool's <c>[suggest]</c> directive for completions.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _deploy_tool_complete() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(deploy-tool "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _deploy_tool_complete deploy-tool
            """,
        ["zsh"] = """
            _deploy_tool_complete() {
                local -a candidates
                candidates=("${(@f)$(deploy-tool "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -- "${candidates[@]}"
            }
            compdef _deploy_tool_complete deploy-tool
            """,
        ["fish"] = """
            complete -c deploy-tool -f -a '(deploy-tool "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." }.OneOf([.. Scripts.Keys]);
        var command = new Command("completion", "Print a completion script, to be sourced by the shell's start-up file.") { shell };
        command.SetAction(parse => parse.InvocationConfiguration.Output.WriteLine(Scripts[parse.GetRequiredValue(shell)]));
        return command;
    }
}
