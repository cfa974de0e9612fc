using System.Text;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Tests.YamlEdit;

public sealed class ScalarEditTests
{
    private const string Image = "registry.example.com/faceedge/face-detector:1.1.0@sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private static readonly DocumentSelector Thing = new("Thing", "t");

    [Fact]
    public void An_edit_leaves_the_other_documents_comments_blank_lines_and_list_indents_alone()
    {
        const string Before = """
            # The namespace comes first.
            apiVersion: v1
            kind: Namespace
            metadata:
              name: face-detector
            ---

            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: face-detector}
            spec:
              template:
                spec:
                  containers:
                  - image: sidecar:1
                    name: sidecar
                  -   name: face-detector   # ours

                      image:   registry.example.com/faceedge/face-detector:1.0.0   # moved by promote
            ---
            apiVersion: v1
            kind: Service
            metadata:
                name: face-detector
            """;

        var result = ScalarEdit.Set(
            Bytes(Before), new DocumentSelector("Deployment", "face-detector"), YamlPath.Parse("spec.template.spec.containers[name=face-detector].image"), Image);

        Assert.Equal(ScalarEditOutcome.Changed, result.Outcome);
        Assert.Equal("registry.example.com/faceedge/face-detector:1.0.0", result.OldValue);
        Assert.Equal(Before.Replace("registry.example.com/faceedge/face-detector:1.0.0", Image, StringComparison.Ordinal), Text(result));
    }

    [Theory]
    [InlineData("a: old", "a: new")]
    [InlineData("a: 'old' # it's", "a: 'new' # it's")]
    [InlineData("a: \"old\"\r\nb: 1\r\n", "a: \"new\"\r\nb: 1\r\n")]
    [InlineData("b: 😀 # 😀\r\na: old\r\n", "b: 😀 # 😀\r\na: new\r\n")]
    [InlineData("\uFEFFb: é\na: old", "\uFEFFb: é\na: new")]
    [InlineData("a: &x old\nb: 1", "a: &x new\nb: 1")]
    [InlineData("a: !!str   old\nb: 1", "a: !!str   new\nb: 1")]
    [InlineData("a: &x !!str\n  old # c\nb: 1", "a: &x !!str\n  new # c\nb: 1")]
    [InlineData("{b: [1, 2], a: old}", "{b: [1, 2], a: new}")]
    [InlineData("a: old\n  on two lines\nb: 1\n\n\n", "a: new\nb: 1\n\n\n")]
    [InlineData("a:   # nothing yet\nb: 1", "a: new   # nothing yet\nb: 1")]
    [InlineData("? a\n: old\n", "? a\n: new\n")]
    [InlineData("b: |\n  a: old\n  text\na: old\n", "b: |\n  a: old\n  text\na: new\n")]
    [InlineData("a: >- # why\n    old\n\n# c\nb: 1", "a: >- # why\n    new\n\n# c\nb: 1")]
    [InlineData("a: &x |-\r\n  old  \r\n", "a: &x |-\r\n  new\r\n")]
    [InlineData("a: |2-\n  old\n  and more\nb: 1", "a: |2-\n  new\nb: 1")]
    [InlineData("{a: &x old, b: c}", "{a: &x new, b: c}")]
    [InlineData("b: \"\u2028\"\na: old", "b: \"\u2028\"\na: new")]
    public void An_edit_changes_the_scalar_alone(string before, string after)
    {
        var result = Set(before, "new");

        Assert.Equal(ScalarEditOutcome.Changed, result.Outcome);
        Assert.Equal(InThing(after), Text(result));
    }

    [Theory]
    [InlineData("eyes", "a: eyes")]
    [InlineData("#ffc0cb", "a: '#ffc0cb'")]
    [InlineData("true", "a: 'true'")]
    [InlineData("no", "a: 'no'")]
    [InlineData("0.5", "a: '0.5'")]
    [InlineData("1e3", "a: '1e3'")]
    [InlineData("12:30", "a: '12:30'")]
    [InlineData("2026-01-01", "a: '2026-01-01'")]
    [InlineData("", "a: ''")]
    [InlineData("~", "a: '~'")]
    [InlineData("Guten Tag, Zürich", "a: 'Guten Tag, Zürich'")]
    [InlineData("Guten Tag Zürich", "a: Guten Tag Zürich")]
    [InlineData("it's: here", "a: 'it''s: here'")]
    [InlineData(" padded ", "a: ' padded '")]
    [InlineData("two\nlines\t\u0007", "a: \"two\\nlines\\t\\u0007\"")]
    [InlineData("say \"hi\" \\", "a: 'say \"hi\" \\'")]
    [InlineData("😀", "a: '😀'")]
    public void Plain_text_is_quoted_only_when_the_value_would_not_stay_a_string(string value, string expected)
    {
        var result = Set("a: old", value);

        Assert.Equal(InThing(expected), Text(result));
    }

    [Theory]
    [InlineData("a: 3", "4", "a: 4")]
    [InlineData("a: true", "false", "a: false")]
    [InlineData("a: true", "4", "a: '4'")]
    public void A_plain_number_or_boolean_keeps_its_type(string before, string value, string expected) =>
        Assert.Equal(InThing(expected), Text(Set(before, value)));

    [Theory]
    [InlineData("b: &x old\na: *x", nameof(ScalarEditOutcome.Unsupported), "4:4", "is used elsewhere too, through the anchor &x (line 3)")]
    [InlineData("a: &x old\nb: *x", nameof(ScalarEditOutcome.Unsupported), "3:4", "is used elsewhere too, through the anchor &x (line 4)")]
    [InlineData("a: |\n  old\n", nameof(ScalarEditOutcome.Unsupported), "3:4", "block scalar")]
    [InlineData("a: >-\n", nameof(ScalarEditOutcome.Unsupported), "3:4", "block scalar")]
    [InlineData("a: {b: c}", nameof(ScalarEditOutcome.Unsupported), "3:4", "not a scalar")]
    [InlineData("a: !!int 3", nameof(ScalarEditOutcome.Unsupported), "3:4", "tag")]
    [InlineData("b: 1", nameof(ScalarEditOutcome.Absent), "1:1", "nothing at 'a'")]
    [InlineData("b: &x {a: 1}\n<<: *x", nameof(ScalarEditOutcome.Absent), "1:1", "merge key")]
    [InlineData("a: 1\na: 2", nameof(ScalarEditOutcome.Ambiguous), "4:4", "more than one")]
    [InlineData("a: [1, 2", nameof(ScalarEditOutcome.InvalidYaml), "3:4", "this '[' is never closed")]
    [InlineData("a: *nowhere", nameof(ScalarEditOutcome.InvalidYaml), "3:4", "names no anchor")]
    public void An_edit_that_cannot_touch_one_scalar_alone_is_refused_with_its_place(string text, string outcome, string position, string reason)
    {
        var result = Set(text, "new");

        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Equal(position, result.Position.ToString());
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.Equal(InThing(text), Text(result));
    }

    [Fact]
    public void Two_documents_of_the_same_name_are_ambiguous()
    {
        var result = ScalarEdit.Set(Bytes(InThing("a: 1\n---\nkind: Thing\nmetadata: {name: t}\na: 2")), Thing, YamlPath.Parse("a"), "new");

        Assert.Equal(ScalarEditOutcome.Ambiguous, result.Outcome);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "UTF-16", "1:1")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0xFF }, "0xFF is not UTF-8", "2:2")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b' }, "U+0000", "1:2")]
    public void Bytes_that_are_not_yaml_text_are_refused_with_their_place(byte[] file, string reason, string position)
    {
        var result = ScalarEdit.Set(file, Thing, YamlPath.Parse("a"), "new");

        Assert.Equal(ScalarEditOutcome.InvalidYaml, result.Outcome);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.Equal(position, result.Position.ToString());
    }

    [Fact]
    public void Setting_the_value_that_is_there_returns_the_same_bytes()
    {
        var result = Set("a: \"\\x6fld\"  ", "old");

        Assert.Equal(ScalarEditOutcome.Unchanged, result.Outcome);
        Assert.Equal(InThing("a: \"\\x6fld\"  "), Text(result));
    }

    private static ScalarEditResult Set(string body, string value) => ScalarEdit.Set(Bytes(InThing(body)), Thing, YamlPath.Parse("a"), value);

    /// <summary>The body as a document of its own kind, in flow style when the body is.</summary>
    private static string InThing(string body) => body switch
    {
        ['\uFEFF', .. var rest] => "\uFEFF" + InThing(rest),
        ['{', .. var rest] => "{kind: Thing, metadata: {name: t}, " + rest,
        _ => "kind: Thing\nmetadata: {name: t}\n" + body,
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ScalarEditResult result) => Encoding.UTF8.GetString(result.Bytes);
}
