using System.Text;
using CsCheck;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>Values within the JSON that a scalar holds.</summary>
public sealed class JsonMemberTests
{
    private static readonly DocumentSelector Thing = new("Thing", "t");

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char["ab \"\\{}[]:,'#|\t\n\r\u0001é€"], 0, 12], Gen.Const("😀"), Gen.Const(""));

    private static readonly Gen<string> Space = Gen.OneOf(Gen.Const(""), Gen.Const(" "), Gen.Const("\n"), Gen.Const("\n    "), Gen.Const("\r\n  "));

    [Theory]
    [InlineData("json: |\n  { \"a\": [ { \"k\": \"x\", \"v\": \"old\" } ] } \nb: 1", "a[k=x].v", "json: |\n  { \"a\": [ { \"k\": \"x\", \"v\": \"new\" } ] } \nb: 1")]
    [InlineData("json: |+  # kept\r\n\r\n    {\r\n      \"a\": \"old\"\r\n    }\r\n\r\n", "a", "json: |+  # kept\r\n\r\n    {\r\n      \"a\": \"new\"\r\n    }\r\n\r\n")]
    [InlineData("json: |2-\n    {\"é\": 1,\n\n   \"a\": [1, \"old\"]}\nb: 1", "a[1]", "json: |2-\n    {\"é\": 1,\n\n   \"a\": [1, \"new\"]}\nb: 1")]
    [InlineData("json: '{\"a\": \"old\", \"b\": \"it''s\"}'", "a", "json: '{\"a\": \"new\", \"b\": \"it''s\"}'")]
    public void One_member_changes_and_no_other_byte(string before, string path, string expected)
    {
        var edit = Prepare(before, path);

        Assert.Equal(["old"], edit.Values);
        Assert.Equal("kind: Thing\nmetadata: {name: t}\n" + expected, Encoding.UTF8.GetString(edit.Write(["new"]).Bytes));
        Assert.Equal(ScalarEditOutcome.Unchanged, edit.Write(["old"]).Outcome);
    }

    [Theory]
    [InlineData("json: |\n  {\"a\": 1}", "b", "json has nothing at b")]
    [InlineData("json: |\n  {\"a\": 1, \"a\": 2}", "a", "json has more than one value at a")]
    [InlineData("json: |\n  {\"a\": {}}", "a", "json has no single value at a")]
    [InlineData("json: |\n  {\"a\": 1", "a", "json is not JSON: '1' is an invalid end of a number")]
    [InlineData("json: text", "a", "json is not JSON: 'text' is an invalid JSON literal")]
    public void A_member_that_is_not_there_once_is_refused_with_the_reason(string yaml, string path, string reason)
    {
        var (bytes, file) = Parse(yaml);

        var refused = PreparedEdit.TryPrepare(bytes, file, [Place(path)], out _);

        Assert.StartsWith(reason, refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json: |\n  {\"a\": 1}", "2", true)]
    [InlineData("json: |\n  {\"a\": 1}", "two", false)]
    [InlineData("json: |\n  {\"a\": true}", "false", true)]
    [InlineData("json: |\n  {\"a\": true}", "1", false)]
    [InlineData("json: >\n  {\"a\": \"x\"}", "y", false)]
    public void A_number_stays_a_number_and_a_truth_value_one(string yaml, string value, bool isDone) =>
        Assert.Equal(isDone, Prepare(yaml, "a").Write([value]).Succeeded);

    [Fact]
    public void Any_text_in_any_layout_is_set_and_nothing_else() =>
        Gen.Select(Text.Array[3], Text.Array[3], Space.Array[8]).Sample((old, now, space) =>
        {
            var edit = Prepare(Layout(old, space), "a", "b[0]", "b[1].c");

            var result = edit.Write(now);

            Assert.True(result.Succeeded, result.Message);
            Assert.True(old.SequenceEqual(edit.Values));
            Assert.Equal(Encoding.UTF8.GetString(Parse(Layout(now, space)).Bytes), Encoding.UTF8.GetString(result.Bytes));
        });

    private static string Layout(string[] values, string[] space)
    {
        var json = $"{{{space[0]}\"a\":{space[1]}{Json(values[0])},{space[2]}\"b\":{space[3]}[{Json(values[1])},{space[4]}{{{space[5]}\"name\": \"x\", \"c\": {Json(values[2])}{space[6]}}}]{space[7]}}}";
        return "json: |\n    " + json.Replace("\n", "\n    ", StringComparison.Ordinal) + "\nafter: 1\n";
    }

    private static string Json(string value) => $"\"{System.Text.Json.JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static PreparedEdit Prepare(string yaml, params string[] members)
    {
        var (bytes, file) = Parse(yaml);
        Assert.Null(PreparedEdit.TryPrepare(bytes, file, [.. members.Select(Place)], out var edit));
        return edit;
    }

    private static ScalarPlace Place(string member) => new(Thing, YamlPath.Parse("json"), YamlPath.Parse(member));

    private static (byte[] Bytes, YamlFile File) Parse(string yaml)
    {
        var bytes = Encoding.UTF8.GetBytes("kind: Thing\nmetadata: {name: t}\n" + yaml);
        Assert.Null(YamlFile.TryParse(bytes, out var file));
        return (bytes, file);
    }
}
