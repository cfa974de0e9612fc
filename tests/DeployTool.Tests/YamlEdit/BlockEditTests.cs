using System.Text;
using CsCheck;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>Whole lines that are added to a file or taken out of it.</summary>
public sealed class BlockEditTests
{
    [Theory]
    [InlineData("a:\n  - 1 # one\n# end\n", "a", "- 2\n", "a:\n  - 1 # one\n  - 2\n# end\n")]
    [InlineData("a:\n- {x: [1,\n    2]} # }\n\nb: 1\n", "a", "- y: 2\n  z: |\n    t\n", "a:\n- {x: [1,\n    2]} # }\n- y: 2\n  z: |\n    t\n\nb: 1\n")]
    [InlineData("a:\n  b: >-\n    t\r\n  c:\r\n", "a", "d: 1\n", "a:\n  b: >-\n    t\r\n  c:\r\n  d: 1\r\n")]
    [InlineData("b: 1", null, "c: 2\n# said of d\nd: 3\n", "b: 1\nc: 2\n# said of d\nd: 3\n")]
    public void Lines_are_added_after_the_last_one_at_its_indentation(string before, string? path, string block, string after)
    {
        var bytes = Encoding.UTF8.GetBytes(before);

        var edit = BlockEdit.Add(bytes, Parse(bytes), DocumentSelector.Only, path is null ? null : YamlPath.Parse(path), block);

        Assert.Equal((ScalarEditOutcome.Changed, ""), (edit.Outcome, edit.Message));
        Assert.Equal(after, Encoding.UTF8.GetString(edit.Bytes));
        Assert.Equal(block.Count(c => c == '\n'), edit.Count);
        Assert.Equal(block.Split('\n')[0], after.Split('\n')[edit.Line - 1].Trim());
    }

    [Theory]
    [InlineData("a: {}\n", "a", "b: 1\n", "a is written in braces or brackets; write it on lines")]
    [InlineData("a:\n  b: 1\n", "a", "b: 2\n", "a has 'b' already")]
    [InlineData("a:\n  b: 1\n", "a", "- b\n", "a is not of the kind of what is added: a list takes items, a mapping takes entries")]
    [InlineData("a:\n  b: 1\n", "c", "b: 2\n", "c: nothing at 'c'")]
    [InlineData("a: &x\n  b: 1\nc: *x\n", "a", "d: 2\n", "a is used elsewhere too, through an anchor; write it out")]
    [InlineData("a:\n  b: |+\n    t\n\n\nc: 1\n", "a", "d: 2\n", "nothing can be added to a without changing what surrounds it")]
    [InlineData("a:\n  b: 1\n", "a", "{d: 2}\n", "what is added is not YAML: 0:0: it is neither lines of a list nor of a mapping")]
    public void What_cannot_be_added_is_refused_and_the_file_stays(string before, string path, string block, string reason)
    {
        var bytes = Encoding.UTF8.GetBytes(before);

        var edit = BlockEdit.Add(bytes, Parse(bytes), DocumentSelector.Only, YamlPath.Parse(path), block);

        Assert.False(edit.Succeeded);
        Assert.Equal(reason, edit.Message);
        Assert.Same(bytes, edit.Bytes);
    }

    [Theory]
    [InlineData("a: 1\nb:\n  - x\n  - {y: 2} # z\n# c's\nc: 3\n", "b", "a: 1\n# c's\nc: 3\n")]
    [InlineData("# only\na: 1\n", "a", "# only\n")]
    [InlineData("a: |\n  t\n\n  u\nb: 1\n", "a", "b: 1\n")]
    public void An_entry_goes_with_its_lines(string before, string key, string after)
    {
        var bytes = Encoding.UTF8.GetBytes(before);

        var edit = BlockEdit.Remove(bytes, Parse(bytes), DocumentSelector.Only, null, key);

        Assert.Equal(after, Encoding.UTF8.GetString(edit.Bytes));
    }

    [Fact]
    public void What_is_added_to_any_mapping_of_a_manifest_and_taken_out_again_leaves_the_file_as_it_was()
    {
        var files = new[] { "configureHost.yaml", "face-detector.yaml", "metallb.yaml", "vm.yaml" }
            .Select(name => Fleet.Files().First(file => file.Path == Path.Combine("qa", name)).Text).ToList();
        var places = files.SelectMany(text => Mappings(Parse(Encoding.UTF8.GetBytes(text))).Select(place => (text, place.Document, place.Path))).ToList();
        Assert.True(places.Count > 100);

        Gen.Select(Gen.OneOf([.. places.Select(place => Gen.Const(place))]), Gen.Bool).Sample((one, carriageReturns) =>
        {
            var bytes = Encoding.UTF8.GetBytes(carriageReturns ? one.text.Replace("\n", "\r\n", StringComparison.Ordinal) : one.text);

            var added = BlockEdit.Add(bytes, Parse(bytes), one.Document, one.Path, "# added\nzzz:\n  - {a: [b]}\n");
            Assert.True(added.Succeeded, $"{one.Document} {one.Path}: {added.Message}");
            var lines = Encoding.UTF8.GetString(added.Bytes).Split('\n').ToList();
            lines.RemoveRange(added.Line - 1, added.Count);
            Assert.Equal(Encoding.UTF8.GetString(bytes), string.Join('\n', lines));

            // The comment above an entry stays when the entry goes.
            var removed = BlockEdit.Remove(added.Bytes, Parse(added.Bytes), one.Document, one.Path, "zzz");
            Assert.True(removed.Succeeded, removed.Message);
            var left = Encoding.UTF8.GetString(removed.Bytes).Split('\n').ToList();
            Assert.Equal("# added", left[added.Line - 1].Trim());
            left.RemoveAt(added.Line - 1);
            Assert.Equal(Encoding.UTF8.GetString(bytes), string.Join('\n', left));
        });
    }

    private static IEnumerable<(DocumentSelector Document, YamlPath? Path)> Mappings(YamlFile file) => file.Documents.SelectMany(document =>
    {
        var selector = new DocumentSelector(document.Root.Text("kind")!, document.Root.Text("metadata", "name")!);
        return Mappings(document.Root, []).Select(path => (selector, path.Count == 0 ? null : YamlPath.Of(path)));
    });

    private static IEnumerable<IReadOnlyList<YamlPathStep>> Mappings(YamlNode node, IReadOnlyList<YamlPathStep> path) => node switch
    {
        YamlMapping { Flow: false } mapping => mapping.Entries.SelectMany(entry => Mappings(entry.Value, [.. path, new YamlPathStep.Key(entry.Name!)])).Prepend(path),
        YamlSequence { Flow: false } list => list.Items.SelectMany((item, index) => Mappings(item, [.. path, new YamlPathStep.Index(index)])),
        _ => [],
    };

    private static YamlFile Parse(byte[] bytes)
    {
        Assert.Null(YamlFile.TryParse(bytes, out var file));
        return file;
    }
}
