using System.Text;
using CsCheck;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>A YAML file with one scalar to edit, whose place the generator knows because it put it there.</summary>
/// <param name="Before">Everything in front of the scalar.</param>
/// <param name="Scalar">The scalar as written, without anchor or tag.</param>
/// <param name="After">Everything behind it.</param>
internal sealed record YamlSample(byte[] Before, byte[] Scalar, byte[] After)
{
    public byte[] File => [.. Before, .. Scalar, .. After];

    public override string ToString() => Encoding.UTF8.GetString(File);
}

/// <summary>Makes multi-document files as people write them: comments, blank lines, anchors, block scalars, flow style, non-ASCII.</summary>
internal static class YamlGen
{
    private static readonly Gen<string> Word = Gen.OneOf("a", "node", "größe", "日本", "clé", "x-1", "face.detector", "😀face", "Zürich");

    private static readonly Gen<string> Comment = Gen.OneOf(
        "", "", "", " # moved by promote", "   # it's: {not} [yaml] 'here'", " # 😀 \"quoted\"", "\t# tab");

    /// <summary>One line of text in any style that stands alone on a line.</summary>
    public static readonly Gen<string> OneLine = Gen.OneOf(
        Word,
        Word.Select(word => $"'{word} it''s'"),
        Word.Select(word => $"\"{word} \\\"q\\\" \\u00e9 \\n\""),
        Gen.OneOf("''", "\"\"", "registry.example.com/a/b:1.0.0@sha256:00", "http://x:80/y#z", "a b  c", "12", "true", "0x1F", "-", "?x", "~x").Where(text => text != "-"));

    private static readonly Gen<string> Entry = Gen.OneOf(
        Gen.Select(Word, OneLine, Comment, (key, value, comment) => $"{key}§: {value}{comment}\n"),
        Gen.Select(Word, Word, (key, text) => $"{key}§: |\n  target: {text}\n\n    deeper # no comment\n  end\n"),
        Gen.Select(Word, Word, (key, text) => $"{key}§: >-\n  folded {text}\n  # no comment either\n"),
        Gen.Select(Word, OneLine, Word, (key, value, other) => $"{key}§:\n-   {value}\n- {{ {other}: [1, {other}, 'x'] , b: \"{other}\" }}\n\n- - deep\n"),
        Gen.Select(Word, Word, (key, value) => $"{key}§:\n    {value}: &anchor\n        k: v\n    other: *anchor\n    merged: {{<<: *anchor, z: 1}}\n"),
        Gen.Select(Word, Word, (key, value) => $"? {key}§\n: {value}\n"),
        Gen.Select(Word, Word, (key, value) => $"{key}§: \"two\n  lines {value}\n\n  more\"\n"),
        Gen.Select(Word, Word, (key, value) => $"{key}§: plain {value}\n  goes on # until here\n"),
        Gen.Const("\n"),
        Gen.Const("# target: not this one\n"),
        Gen.Const("#\n\n"));

    private static readonly Gen<string> Block = Entry.Array[0, 4].Select(entries => string.Concat(entries.Select((entry, at) => entry.Replace("§", $"{at}", StringComparison.Ordinal))));

    private static readonly Gen<string> Properties = Gen.OneOf("", "", "", "&mine ", "!!str ", "&mine !!str  ", "!!str\n    &mine ");

    private static readonly Gen<string> Separator = Gen.OneOf("---\n", "--- # next\n", "...\n---\n", "---\n\n# about it\n");

    /// <summary>The scalar in its surroundings: what comes in front of it, how it is written, what comes behind it.</summary>
    private static readonly Gen<(string Lead, string Scalar, string Tail)> Target = Gen.OneOf(
        Gen.Select(Properties, OneLine, Comment, (properties, scalar, comment) => ($"target: {properties}", scalar, $"{comment}\n")),
        Gen.Select(Properties, Word, (properties, word) => ($"target:\n  {properties}", $"{word}\n  second line\n\n  third", "   # so far\n")),
        Gen.Select(Word, Comment, (word, comment) => ("target: ", $"\"{word} \\\n    folded\n    double\"", $"{comment}\n")),
        Gen.Select(OneLine, Word, (scalar, word) => ("target:    ", scalar, $"\n\n# {word}\n")),
        Gen.Select(Word, Word, (word, other) => ($"\"target\" : ", $"'{word}'", $"\n{other}9: *nope\n".Replace("*nope", "1", StringComparison.Ordinal))));

    private static readonly Gen<(string Lead, string Scalar, string Tail)> FlowTarget =
        Gen.Select(Word, OneLine, (word, other) => ($"{{kind: Thing, metadata: {{name: t}}, {word}1: [{{x: 1}}, {other.Replace("?x", "x", StringComparison.Ordinal)}], target: ", $"'{word}'", ", z: [\n 1 ] }\n"));

    /// <summary>Files with the scalar <c>target</c> in the document Thing/t.</summary>
    public static readonly Gen<YamlSample> Sample =
        from documentsBefore in Gen.Select(Block, Separator, (block, separator) => $"kind: Other\nmetadata: {{name: o}}\ntarget: theirs\n{Indented(block)}{separator}").Array[0, 3]
        from flow in Gen.Int[0, 4]
        from target in flow == 0 ? FlowTarget : Target
        from above in Block
        from below in Block
        from after in Gen.Select(Separator, Block, (separator, block) => $"{separator}kind: Thing\nmetadata: {{name: other}}\ntarget: also theirs\n{Indented(block)}").Array[0, 2]
        from carriageReturns in Gen.Bool
        from mark in Gen.Bool
        from finalNewLine in Gen.Bool
        select Compose(
            string.Concat(documentsBefore) + (flow == 0 ? "" : "# ours\nkind: Thing\nmetadata:\n  name: t\n" + Indented(above, "above")) + target.Lead,
            target.Scalar,
            target.Tail + (flow == 0 ? "" : Indented(below, "below")) + string.Concat(after),
            carriageReturns, mark, finalNewLine);

    /// <summary>Any text that YAML can carry, with the characters that upset it more often than chance would have them.</summary>
    public static readonly Gen<string> Value = Gen.OneOf(
        Gen.OneOf("", " ", "#", "a #b", "a: b", "a:", "- a", "? b", "*a", "&a", "!a", "%a", "@a", "`a", "'", "\"", "\\", "it's", "yes", "NO", "null", "~", "1e3", "0o7", "1_000", "12:30:45",
            "2026-01-01", ".inf", "<<", "=", "---", "...", "{a}", "[a]", "a, b", "a\nb", "a\r\nb", "\t", "x\t", "😀", "ﬀ\uFEFFx", "\u2028", "\u0085", "\u0007", "a  b", " a", "a ", "é", "#ffc0cb", "|", ">", "|-"),
        Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 12].Select(chars => new string(chars)),
        Gen.Char[' ', '~'].Array[0, 20].Select(chars => new string(chars)),
        OneLine);

    private static YamlSample Compose(string before, string scalar, string after, bool carriageReturns, bool mark, bool finalNewLine)
    {
        if (!finalNewLine)
        {
            after = after.TrimEnd('\n');
        }

        return new YamlSample(Bytes((mark ? "\uFEFF" : "") + before), Bytes(scalar), Bytes(after));

        byte[] Bytes(string text) => Encoding.UTF8.GetBytes(carriageReturns ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text);
    }

    /// <summary>Puts random entries below a key of their own, so that their keys never meet ours.</summary>
    private static string Indented(string block, string key = "rest")
    {
        var lines = block.Split('\n');
        return lines.All(line => line.Trim().Length == 0 || line.StartsWith('#'))
            ? block
            : $"{key}:\n" + string.Join('\n', lines.Select(line => line.Length == 0 ? line : "  " + line));
    }
}
