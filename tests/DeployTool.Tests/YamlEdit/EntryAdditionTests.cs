using System.Text;
using CsCheck;
using FaceEdge.Deploy.YamlEdit;
using YamlDotNet.RepresentationModel;

namespace FaceEdge.Deploy.Tests.YamlEdit;

public sealed class EntryAdditionTests
{
    private static readonly DocumentSelector Settings = new("ConfigMap", "c");

    /// <summary>The data of a ConfigMap, a key and a value, and the data with that entry.</summary>
    public static TheoryData<string, string, string, string> Places => new()
    {
        // Keys in order: the new one takes its place; its quotes are those of the entry above.
        { "data:\n  a: one\n  c: two\n", "b", "three", "data:\n  a: one\n  b: three\n  c: two\n" },
        { "data:\n  a: 'one'\n  c: two\n", "b", "three", "data:\n  a: 'one'\n  b: 'three'\n  c: two\n" },
        { "data:\n  a: \"one\"\n", "b", "three", "data:\n  a: \"one\"\n  b: \"three\"\n" },
        { "data:\n    b: one   # of b\n\n    # about c\n    c: two\n", "bb", "x", "data:\n    b: one   # of b\n    bb: x\n\n    # about c\n    c: two\n" },
        { "data: # all of it\n  # about b\n\n  b: one\n", "a", "x", "data: # all of it\n  a: x\n  # about b\n\n  b: one\n" },

        // Keys in no order: last.
        { "data:\n  z: one\n  a: two\nkind2: x\n", "b", "three", "data:\n  z: one\n  a: two\n  b: three\nkind2: x\n" },

        // What is no string without quotes gets those that the mapping has elsewhere.
        { "data:\n  a: one\n", "b", "0.7", "data:\n  a: one\n  b: '0.7'\n" },
        { "data:\n  a: one\n  x: \"two\"\n", "b", "true", "data:\n  a: one\n  b: \"true\"\n  x: \"two\"\n" },
        { "data:\n  \"a\": one\n", "b", "#fff", "data:\n  \"a\": one\n  \"b\": '#fff'\n" },

        // Values of more than one line, and none at all.
        { "data:\n  a: |\n    text\n    more\n  c: x\n", "b", "v", "data:\n  a: |\n    text\n    more\n  b: v\n  c: x\n" },
        { "data:\n  a: \"one\n    two\"\n", "b", "v", "data:\n  a: \"one\n    two\"\n  b: \"v\"\n" },
        { "data:\n  a:\n  c: x\n", "b", "v", "data:\n  a:\n  b: v\n  c: x\n" },

        // Line ends, and a file that ends without one.
        { "data:\r\n  a: one\r\n  c: x\r\n", "b", "v", "data:\r\n  a: one\r\n  b: v\r\n  c: x\r\n" },
        { "data:\r\n  a: one", "b", "v", "data:\r\n  a: one\r\n  b: v" },
        { "data:\n  a: one", "b", "v", "data:\n  a: one\n  b: v" },

        // Flow style.
        { "data: {a: one, c: 'x'}\n", "b", "v", "data: {a: one, b: v, c: 'x'}\n" },
        { "data: { b: one }\n", "a", "v", "data: { a: v, b: one }\n" },
        { "data: {}\n", "a", "1", "data: {a: '1'}\n" },
        { "data: {\"a\": \"one\",\n  \"b\": \"x\"}\n", "c", "v", "data: {\"a\": \"one\",\n  \"b\": \"x\", \"c\": \"v\"}\n" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_stands_where_its_mapping_would_have_it_and_is_written_as_its_neighbour(string data, string key, string value, string expected)
    {
        var result = Add($"kind: ConfigMap\nmetadata: {{name: c}}\n{data}", key, value);

        Assert.Equal((ScalarEditOutcome.Changed, ""), (result.Outcome, result.Message));
        Assert.Equal($"kind: ConfigMap\nmetadata: {{name: c}}\n{expected}", Encoding.UTF8.GetString(result.Bytes));
    }

    [Theory]
    [InlineData("data:\n  a: x\n", "a", "nothing to add", true)]
    [InlineData("other: x\n", "a", "data.a: nothing at 'data'", false)]
    [InlineData("data:\n", "a", "data.a: nothing at 'a'", false)]
    [InlineData("base: &b {x: y}\ndata:\n  <<: *b\n", "a", "a merge key << may bring it in", false)]
    [InlineData("data: &d\n  x: y\nagain: *d\n", "a", "the anchor &d is used elsewhere too", false)]
    [InlineData("data:\n  a: |+\n    text\n\n  c: x\n", "b", "cannot be added here without changing what surrounds it", false)]
    [InlineData("data:\n  a: [x]\n", "b", "cannot be added here without changing what surrounds it", false)]
    public void What_cannot_be_added_without_changing_something_else_leaves_the_file_as_it_was(string data, string key, string why, bool isThere)
    {
        var result = Add($"kind: ConfigMap\nmetadata: {{name: c}}\n{data}", key, "v");

        Assert.NotEqual(ScalarEditOutcome.Unchanged, result.Outcome);
        Assert.False(!isThere && result.Outcome == ScalarEditOutcome.Changed, Encoding.UTF8.GetString(result.Bytes));
        Assert.Contains(isThere ? "" : why, result.Message, StringComparison.Ordinal);
        Assert.Equal($"kind: ConfigMap\nmetadata: {{name: c}}\n{data}", Encoding.UTF8.GetString(result.Bytes));
    }

    [Fact]
    public void An_added_entry_is_one_run_of_bytes_and_means_what_was_asked_for() =>
        Gen.Select(ConfigMap, YamlGen.Value).Sample((text, value) =>
        {
            var before = Encoding.UTF8.GetBytes(text);
            var result = Add(text, "m", value);

            Assert.True(result.Outcome == ScalarEditOutcome.Changed, $"{result.Outcome} {result.Message}");
            var start = before.AsSpan().CommonPrefixLength(result.Bytes);
            var rest = before.Length - start;
            Assert.Equal(before[start..], result.Bytes[^rest..]);
            Assert.Equal(value, ReadAgain(result.Bytes, "m"));
        });

    [Fact]
    public void An_entry_in_a_file_of_any_form_is_added_alone_or_refused() =>
        Gen.Select(YamlGen.Sample, YamlGen.Value).Sample((sample, value) =>
        {
            Assert.Null(YamlFile.TryParse(sample.File, out var file));

            var result = EntryAddition.Add(sample.File, file, new DocumentSelector("Thing", "t"), ["metadata"], "zone", value);

            Assert.Equal(ScalarEditOutcome.Changed, result.Outcome);
            Assert.True(result.Bytes.Length > sample.File.Length);
        });

    /// <summary>Data of strings in every style, keys in order or not, comments and empty lines between them.</summary>
    private static readonly Gen<string> ConfigMap =
        from keys in Gen.OneOf("b", "c", "k", "n", "x", "z").Array[1, 5].Select(keys => keys.Distinct().ToArray())
        from values in YamlGen.OneLine.Array[keys.Length]
        from comments in Gen.OneOf("", "", " # after it").Array[keys.Length]
        from between in Gen.OneOf("", "", "\n", "  # about what follows\n", "\n  # it's: {not} 'data'\n").Array[keys.Length]
        from newLine in Gen.OneOf("\n", "\r\n")
        from end in Gen.OneOf("", "\n", "\n---\nkind: Other\n")
        let data = string.Join('\n', keys.Select((key, at) => $"{between[at]}  {key}: {values[at]}{comments[at]}"))
        select $"kind: ConfigMap\nmetadata:\n  name: c\ndata:\n{data}{end}".Replace("\n", newLine, StringComparison.Ordinal);

    private static ScalarEditResult Add(string text, string key, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Null(YamlFile.TryParse(bytes, out var file));
        return EntryAddition.Add(bytes, file, Settings, ["data"], key, value);
    }

    /// <summary>The value as another reader reads it.</summary>
    private static string ReadAgain(byte[] file, string key)
    {
        var stream = new YamlStream();
        stream.Load(new StreamReader(new MemoryStream(file), Encoding.UTF8));
        return ((YamlScalarNode)((YamlMappingNode)stream.Documents[0].RootNode)["data"][key]).Value ?? "";
    }
}
