using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>Renders a result value as JSON or as text for people.</summary>
internal static class ResultWriter
{
    /// <summary>Columns assumed when the output is not a terminal: wide enough that a pinned image reference is not broken.</summary>
    private const int RedirectedWidth = 200;

    /// <summary>The result goes to a terminal or a pipeline, never into HTML, so that only what JSON demands is escaped.</summary>
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJson(ICommandResult result, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            JsonSerializer.Serialize(writer, result.Document, result.JsonType);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        output.Flush();
    }

    public static void WriteTable(ICommandResult result, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = RedirectedWidth;
        }

        result.Render(console);
        output.Flush();
    }
}
