using System.Runtime.CompilerServices;
using System.Text;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>
/// The rules of YAML 1.2 as cases of our own, in the files of Rules/: a title, a stream, and what it is read as or why it is refused and
/// where. In them stand → for a tab, ␣ for a blank at a line's end, ↵ for U+2028, ⇔ for a byte order mark and ∎ for an end without a line end.
/// </summary>
public sealed class YamlRuleTests
{
    private const string Sign = "=> ";

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder(), "*.txt").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_case_is_read_as_written_or_refused_at_its_place(string file)
    {
        var expected = File.ReadAllText(Path.Combine(Folder(), file));

        Assert.Equal(expected, Render(expected));
    }

    /// <summary>The file with what each of its cases is read as now.</summary>
    private static string Render(string file)
    {
        var rendered = new StringBuilder();
        var lines = file.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var stream = new StringBuilder();
            rendered.Append(lines[i++]).Append('\n');
            for (; i < lines.Length && !lines[i].StartsWith(Sign, StringComparison.Ordinal); i++)
            {
                stream.Append(lines[i]).Append('\n');
            }

            rendered.Append(stream).Append(Read(Unseen(stream.ToString())));
            while (i < lines.Length && lines[i].StartsWith(Sign, StringComparison.Ordinal))
            {
                i++;
            }

            rendered.Append(i < lines.Length - 1 ? "\n" : "");
        }

        return rendered.ToString();
    }

    private static string Read(string stream)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        var read = YamlFile.TryParse(bytes, out var file) is { } fault ? $"fault {fault}" : file.Documents.Count == 0 ? "no document" : YamlNotation.Of(file.Documents);
        return string.Concat(read.Split('\n').Select(line => $"{Sign}{line}\n"));
    }

    private static string Unseen(string text) => text
        .Replace("∎\n", "", StringComparison.Ordinal)
        .Replace('→', '\t')
        .Replace('␣', ' ')
        .Replace('↵', '\u2028')
        .Replace('⇔', '\uFEFF');

    private static string Folder([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Rules");
}
