using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FaceEdge.Models;
using Spectre.Console;

namespace FaceEdge.Commands;

/// <summary><c>face-detector models list</c>: the catalogue, and where each model is on this machine.</summary>
internal static class ModelsListCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write JSON." };
        var command = new Command("list", "Lists the models of the catalogue and where they are.") { json };
        command.SetGuardedAction((parsed, _) =>
        {
            var catalogue = ModelCatalogue.Load();
            var store = ModelStore.FromEnvironment();
            Row[] rows = [.. catalogue.Entries.Select(entry => RowOf(entry, entry == catalogue.Default, store))];
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(rows, FaceDetectorJson.Default.ModelRows));
            }
            else
            {
                WriteTable(rows, output);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Row RowOf(CatalogueEntry entry, bool isDefault, ModelStore store)
        => new(
            entry.Name,
            isDefault,
            entry.Description.Family,
            entry.Input?.ToString() ?? "dynamic",
            entry.Description.Size,
            entry.Description.Licence,
            entry.Description.Sha256,
            entry.Url?.ToString(),
            [.. store.Places(entry).Select(place => place.Kind)]);

    private static void WriteTable(Row[] rows, TextWriter output)
    {
        var table = new Table().RoundedBorder().AddColumns("Name", "Family", "Input", "KB", "Licence", "Here").AddColumn(new TableColumn("SHA-256"));
        table.Columns[3].RightAligned();
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Default ? $"{row.Name} (default)" : row.Name),
                Markup.Escape(row.Family),
                row.Input,
                (row.Size / 1000.0).ToString("F0", CultureInfo.InvariantCulture),
                Markup.Escape(row.Licence),
                row.Places.Length == 0 ? "no" : string.Join(", ", row.Places),
                row.Sha256[..12]);
        }

        CommandConsole.On(output).Write(table);
    }

    internal sealed record Row(
        string Name, bool Default, string Family, string Input, long Size, string Licence, string Sha256, string? Url, string[] Places);
}
