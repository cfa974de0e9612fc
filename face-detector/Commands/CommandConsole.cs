using System.Diagnostics.CodeAnalysis;
using Spectre.Console;

namespace FaceEdge.Commands;

/// <summary>Tables on a command's output.</summary>
internal static class CommandConsole
{
    /// <summary>Columns when the output is no terminal: wide enough that nothing wraps.</summary>
    private const int RedirectedWidth = 160;

    [SuppressMessage("Reliability", "CA2000", Justification = "The writer belongs to the caller.")]
    public static IAnsiConsole On(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
