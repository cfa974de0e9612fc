using System.Text;
using CsCheck;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>
/// What is read by its likeness to a parsed file, against the parser. DEPLOY_TOOL_FUZZ_SECONDS says for how long (a hundred files if not set).
/// </summary>
public sealed class YamlPatternTests
{
    private static readonly Gen<byte[]> Original = Gen.OneOf(
        YamlGen.Sample.Select(sample => sample.File),
        Gen.OneOf("qa", "uat", "production").Select(name => Encoding.UTF8.GetBytes(Fleet.Manifest(name))));

    /// <summary>What stands in a value's place: mostly what passes for a value, and what would end one early.</summary>
    private static readonly Gen<string> Replacement = Gen.OneOf(
        Gen.Char[' ', '~'].Array[0, 12].Select(chars => new string(chars)),
        Gen.OneOf(
            "site-7", "Face detection - Lobby", "it's", "a:b", "a: b", "a:", "x#y", "x #y", "x ", "http://h:80/p?q#r", "12", "true", "null", "'quoted'", "\"q\"", "''", "\"\"", "- a", "? a", "---", "...", "a\n",
            "a\n  b", "a\r", "\ta", "a\tb", "*x", "&x a", "!t a", "| ", ">", "%a", "@a", "`a", "{a", "a, b", "[a]", "a\\", "é", "\u0085", "\u2028", "\uFEFF", "😀", "a: |", "0x1F", "1e3", "~", "=", "<<"),
        YamlGen.OneLine);

    [Fact]
    public void What_is_read_by_likeness_is_what_the_parser_reads()
    {
        var (alike, unlike) = (0L, 0L);
        Gen.Select(Original, Gen.Select(Gen.Double[0, 1], Replacement).Array[0, 3]).Sample(
            (original, replacements) =>
            {
                Assert.Null(YamlFile.TryParse(original, out var file));
                if (YamlPattern.Of(file) is not { } pattern)
                {
                    return;
                }

                var changed = replacements.Aggregate(original, Replace);
                if (YamlText.TryDecode(changed, out var text) is not null || pattern.Read(text) is not { } read)
                {
                    Interlocked.Increment(ref unlike);
                    return;
                }

                Interlocked.Increment(ref alike);
                Assert.Null(YamlFile.TryParse(text, out var parsed));
                Assert.Equal(Describe(parsed), Describe(read));
                Assert.Equal(parsed.Events.Count, read.Events.Count);
                Assert.All(Enumerable.Range(0, parsed.Events.Count), i => Assert.True(EventComparison.Same(parsed.Events[i], read.Events[i])));
            },
            time: FuzzTime.Seconds());

        Assert.True(alike > 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{alike} alike, {unlike} not");
    }

    [Fact]
    public void Sites_that_differ_in_their_settings_are_alike()
    {
        var bytes = Encoding.UTF8.GetBytes(Fleet.Manifest("production"));
        Assert.Null(YamlFile.TryParse(bytes, out var file));
        Assert.Null(DetectorManifest.TryParse(bytes, out var manifest));
        var other = manifest.WithSettings(
            [new("Site__Name", "berlin-mitte-17"), new("Page__Title", "Lobby north"), new("Page__Background", "#0f172a")]).Bytes;
        Assert.NotEqual(bytes, other);
        Assert.Null(YamlText.TryDecode(other, out var decoded));

        Assert.NotNull(YamlPattern.Of(file)!.Read(decoded));
    }

    /// <summary>Puts a text in the place of one scalar of a file, as it is written there.</summary>
    private static byte[] Replace(byte[] file, (double Which, string Text) replacement)
    {
        if (YamlFile.TryParse(file, out var yaml) is not null)
        {
            return file;
        }

        var scalars = yaml.Documents.SelectMany(document => Nodes(document.Root)).OfType<YamlScalar>().ToList();
        if (scalars.Count == 0)
        {
            return file;
        }

        var scalar = scalars[(int)(replacement.Which * (scalars.Count - 1))];
        return
        [
            .. file[..yaml.Text.ByteOffset(scalar.Start.Offset)],
            .. Encoding.UTF8.GetBytes(replacement.Text),
            .. file[yaml.Text.ByteOffset(scalar.EndOffset)..],
        ];
    }

    private static string Describe(YamlFile file) => string.Join('\n', file.Documents.SelectMany(document =>
        Nodes(document.Root).Select(Describe).Prepend($"document {document.Start.Offset} {document.Start}")));

    private static string Describe(YamlNode node) => $"{node.GetType().Name} {node.Start.Offset} {node.Start} {node.Anchor} {node.Tag} " + node switch
    {
        YamlScalar scalar => $"{scalar.Style} {scalar.EndOffset} {scalar.EventIndex} {scalar.Value}",
        YamlMapping mapping => $"{mapping.Flow} {mapping.Entries.Count}",
        YamlSequence sequence => $"{sequence.Flow} {sequence.Items.Count}",
        _ => "",
    };

    private static IEnumerable<YamlNode> Nodes(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => Nodes(entry.Key).Concat(Nodes(entry.Value))).Prepend(node),
        YamlSequence sequence => sequence.Items.SelectMany(Nodes).Prepend(node),
        _ => [node],
    };
}
