using System.Text;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>
/// Fits sites/environments.yaml to one machine: the rehearsal's registry, a soak that can be waited for, no freezes, which would stop a
/// rehearsal on a weekend. Everything else, the approvals above all, stays.
/// </summary>
internal static class PolicyFit
{
    private const string ShortSoak = "1s";

    /// <summary>The policy with these changes.</summary>
    /// <param name="bytes">A valid policy.</param>
    /// <param name="repository">Registry and path of the rehearsal's image.</param>
    /// <param name="isUngated">Whether the gates on the image itself, latency and accuracy, are taken out as well.</param>
    public static byte[] Apply(byte[] bytes, string repository, bool isUngated = false)
    {
        if (YamlFile.TryParse(bytes, out var file) is { } fault)
        {
            throw DeployException.BadInput($"sites/environments.yaml:{fault.Position.Line}: {fault.Message}", "fix the file and commit it");
        }

        var root = file.Documents[0].Root;
        var text = file.Text.Value;
        var edits = new List<(int Start, int End, string New)>();
        Replace(edits, root.At("image", "repository"), repository);
        foreach (var environment in root.ItemsAt("environments"))
        {
            Replace(edits, environment.At("gates", "soak"), ShortSoak);
            var gates = environment.EntriesAt("gates").ToList();
            var dropped = gates.Where(entry => entry.HasKey("freezes") || (isUngated && (entry.HasKey("latency") || entry.HasKey("accuracy")))).ToList();

            // A key without a value is no mapping: with its last gate, the key goes too.
            foreach (var entry in dropped.Count == gates.Count ? environment.EntriesAt().Where(entry => entry.HasKey("gates")) : dropped)
            {
                edits.Add((LineStart(text, entry.Key.Start.Offset), LineEnd(text, LastOffset(entry.Value)), ""));
            }
        }

        var result = new StringBuilder(text);
        foreach (var (start, end, value) in edits.OrderByDescending(edit => edit.Start))
        {
            result.Remove(start, end - start).Insert(start, value);
        }

        return Encoding.UTF8.GetBytes(result.ToString());
    }

    private static void Replace(List<(int, int, string)> edits, YamlNode? node, string value)
    {
        if (node is YamlScalar scalar)
        {
            edits.Add((scalar.Start.Offset, scalar.EndOffset, value));
        }
    }

    private static int LineStart(string text, int offset) => text.LastIndexOf('\n', Math.Max(0, offset - 1)) + 1;

    private static int LineEnd(string text, int offset) => text.IndexOf('\n', offset) is var end and >= 0 ? end + 1 : text.Length;

    private static int LastOffset(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.EndOffset,
        YamlSequence { Items: [.., var last] } => LastOffset(last),
        YamlMapping { Entries: [.., var last] } => LastOffset(last.Value),
        _ => node.Start.Offset,
    };
}
