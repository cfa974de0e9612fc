using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class ExpressionTests
{
    private static readonly Dictionary<string, Value> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["variables"] = new FieldsValue(new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase)
        {
            ["Build.SourceBranch"] = Value.Of("refs/heads/main"),
            ["empty"] = Value.Of(""),
            ["ten"] = Value.Of("10"),
        }),
        ["parameters"] = new FieldsValue(new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase)
        {
            ["flag"] = Value.False,
            ["list"] = Node("[{name: a, size: 1}, {name: b, size: 2}]"),
            ["map"] = Node("{one: 1, two: {three: 3}}"),
        }),
    };

    [Theory]
    [InlineData("eq('A', 'a')", true)]
    [InlineData("eq(1, '1.0')", true)]
    [InlineData("eq('1.0', 1)", false)]
    [InlineData("eq(true, 'True')", true)]
    [InlineData("eq(true, 'yes')", false)]
    [InlineData("eq(variables['noSuch'], '')", true)]
    [InlineData("eq(variables['noSuch'], 'x')", false)]
    [InlineData("ne(variables['Build.SourceBranch'], 'refs/heads/other')", true)]
    [InlineData("and(true, eq(1, 1), not(false))", true)]
    [InlineData("and(true, '')", false)]
    [InlineData("or('', 0, 'a')", true)]
    [InlineData("xor(true, true)", false)]
    [InlineData("in('B', 'a', 'b')", true)]
    [InlineData("notIn('c', 'a', 'b')", true)]
    [InlineData("contains('ABCDE', 'bcd')", true)]
    [InlineData("startsWith(variables['Build.SourceBranch'], 'refs/heads/')", true)]
    [InlineData("endsWith('ABCDE', 'de')", true)]
    [InlineData("gt(variables.ten, 9)", false)]
    [InlineData("gt(10, 9)", true)]
    [InlineData("ge(2, 2)", true)]
    [InlineData("lt(1.5, 2)", true)]
    [InlineData("le('b', 'A')", false)]
    [InlineData("gt('10.2.0', '9.9.9')", true)]
    [InlineData("containsValue(parameters.list.*.name, 'B')", true)]
    [InlineData("containsValue(parameters.map, 1)", true)]
    [InlineData("parameters.flag", false)]
    public void A_comparison_casts_as_azure_pipelines_does(string expression, bool expected) =>
        Assert.Equal(expected, Evaluate(expression).IsTrue);

    [Theory]
    [InlineData("coalesce(variables.empty, variables['noSuch'], 'last')", "last")]
    [InlineData("format('{0} and {1}, {{0}}', 'a', 2)", "a and 2, {0}")]
    [InlineData("join(';', parameters.list.*.name)", "a;b")]
    [InlineData("join('-', split('a,b,c', ','))", "a-b-c")]
    [InlineData("lower('AB')", "ab")]
    [InlineData("upper('ab')", "AB")]
    [InlineData("trim('  a ')", "a")]
    [InlineData("replace('a/b', '/', '-')", "a-b")]
    [InlineData("length('abc')", "3")]
    [InlineData("length(parameters.list)", "2")]
    [InlineData("iif(eq(1, 2), 'yes', 'no')", "no")]
    [InlineData("parameters.list[1].name", "b")]
    [InlineData("parameters.map.two.three", "3")]
    [InlineData("parameters['map']['one']", "1")]
    [InlineData("'it''s'", "it's")]
    [InlineData("true", "True")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("variables['noSuch']", "")]
    public void An_expression_gives_its_text(string expression, string expected) =>
        Assert.Equal(expected, Evaluate(expression).Text);

    [Fact]
    public void A_mapping_becomes_json() =>
        Assert.Equal(
            """{"one":"1","two":{"three":"3"}}""",
            string.Concat(Evaluate("convertToJson(parameters.map)").Text!.Where(c => !char.IsWhiteSpace(c))));

    [Fact]
    public void Arguments_that_do_not_matter_are_not_evaluated() =>
        Assert.False(Evaluate("and(false, nothing.here)").IsTrue);

    [Theory]
    [InlineData("eq(1", "run: in the expression eq(1: ')' is missing at the end")]
    [InlineData("eq(1, 2) 3", "run: in the expression eq(1, 2) 3: '3' is not expected at character 10")]
    [InlineData("'open", "run: in the expression 'open: a text lacks its closing quote")]
    [InlineData("nothing.here", "run: in the expression nothing.here: 'nothing' is not known here")]
    [InlineData("pish(1)", "run: in the expression pish(1): the function 'pish' is not known here")]
    [InlineData("not(1, 2)", "run: in the expression not(1, 2): not does not take 2 arguments")]
    [InlineData("format('{1}', 'a')", "run: in the expression format('{1}', 'a'): format: '{1}' asks for an argument that is not given")]
    [InlineData("1.2.x", "run: in the expression 1.2.x: '1.2.x' is neither a number nor a version")]
    public void A_fault_is_named(string expression, string expected) =>
        Assert.Equal(expected, Assert.Throws<FaceEdge.Deploy.CommandLine.DeployException>(() => Evaluate(expression)).Message);

    [Fact]
    public void Depth_is_bounded() =>
        Assert.Contains(
            "nested deeper", Assert.Throws<FaceEdge.Deploy.CommandLine.DeployException>(() => Evaluate(string.Concat(Enumerable.Repeat("not(", 10_000)))).Message, StringComparison.Ordinal);

    private static Value Evaluate(string expression) => Evaluator.Evaluate(expression, new Scope(), Place.Run);

    private static Value Node(string yaml) => Value.Of(PipelineFiles.Parse("test", System.Text.Encoding.UTF8.GetBytes(yaml)));

    private sealed class Scope : IScope
    {
        public Value? Find(string name) => Names.GetValueOrDefault(name);

        public Value? Call(string function, IReadOnlyList<Value> arguments) => null;
    }
}
