using FaceEdge.Deploy.Promotion.Gating;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The gates of a promotion as a table.</summary>
internal static class GateTable
{
    public static void Render(IAnsiConsole console, IReadOnlyList<GateOutcome> gates)
    {
        if (gates.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("gate", "state", "why", "what to do");
        foreach (var gate in gates)
        {
            table.AddRow(gate.Gate, gate.State.ToString().ToLowerInvariant(), Markup.Escape(gate.Summary), Markup.Escape(gate.Remedy ?? ""));
        }

        console.Write(table);
    }
}
