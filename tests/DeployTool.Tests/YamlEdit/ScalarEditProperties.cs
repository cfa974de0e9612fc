using System.Text;
using CsCheck;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.TestFleet;
using YamlDotNet.RepresentationModel;
using YamlDocument = FaceEdge.Deploy.YamlEdit.YamlDocument;
using YamlNode = FaceEdge.Deploy.YamlEdit.YamlNode;

namespace FaceEdge.Deploy.Tests.YamlEdit;

public sealed class ScalarEditProperties
{
    private static readonly DocumentSelector Thing = new("Thing", "t");
    private static readonly YamlPath Target = YamlPath.Parse("target");

    [Fact]
    public void An_edit_changes_exactly_the_bytes_of_one_scalar() =>
        Gen.Select(YamlGen.Sample, YamlGen.Value).Sample((sample, value) =>
        {
            var result = ScalarEdit.Set(sample.File, Thing, Target, value);

            Assert.True(result.Succeeded, $"{result.Outcome} {result.Message} at {result.Position}");
            AssertAround(sample, result.Bytes);
            Assert.Equal(value, ReadAgain(result.Bytes));
        });

    [Fact]
    public void An_edit_and_its_reverse_leave_a_file_that_means_the_same() =>
        Gen.Select(YamlGen.Sample, YamlGen.Value).Sample((sample, value) =>
        {
            var edited = ScalarEdit.Set(sample.File, Thing, Target, value);
            var back = ScalarEdit.Set(edited.Bytes, Thing, Target, edited.OldValue!);
            var again = ScalarEdit.Set(edited.Bytes, Thing, Target, value);

            Assert.Equal(ReadAgain(sample.File), ReadAgain(back.Bytes));
            Assert.Equal(ScalarEditOutcome.Unchanged, again.Outcome);
        });

    [Theory]
    [InlineData("qa")]
    [InlineData("uat")]
    [InlineData("production")]
    public void An_edit_of_a_real_manifest_changes_exactly_the_bytes_of_one_scalar(string environment)
    {
        var text = Fleet.Manifest(environment);
        var file = YamlFileOf(Encoding.UTF8.GetBytes(text));
        var scalars = file.Documents.SelectMany(document => Scalars(document.Root, [], document)).ToList();
        Assert.True(scalars.Count > 40);

        Gen.Select(Gen.OneOf([.. scalars]), YamlGen.Value, Gen.Bool).Sample((one, value, carriageReturns) =>
        {
            var written = carriageReturns ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
            var bytes = Encoding.UTF8.GetBytes(written);
            var result = ScalarEdit.Set(bytes, one.Selector, one.Path, value);

            Assert.True(result.Succeeded, $"{one.Path}: {result.Message}");
            var line = result.Position.Line - 1;
            var (before, after) = (written.Split('\n'), Encoding.UTF8.GetString(result.Bytes).Split('\n'));
            Assert.Equal(before.Length, after.Length);
            Assert.All(Enumerable.Range(0, before.Length).Where(index => index != line), index => Assert.Equal(before[index], after[index]));
            Assert.Equal(before[line][..(result.Position.Column - 1)], after[line][..(result.Position.Column - 1)]);
        });
    }

    [Fact]
    public void What_yq_left_behind_is_edited_in_the_deployment_alone()
    {
        // An edit with yq wrote spec.template into every document, dropped a blank line and re-indented the lists.
        const string Corrupted = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: face-detector
            spec:
              template:
                spec:
                  containers:
                    - image: registry.example.com/faceedge/face-detector:1.0.0
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: face-detector
            spec:
              template:
                spec:
                  containers:
                    - image: registry.example.com/faceedge/face-detector:1.0.0
                      name: face-detector
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: face-detector
            spec:
              template:
                spec:
                  containers:
                    - image: registry.example.com/faceedge/face-detector:1.0.0
            """;
        const string Old = "registry.example.com/faceedge/face-detector:1.0.0";
        var at = Corrupted.IndexOf(Old, Corrupted.IndexOf("kind: Deployment", StringComparison.Ordinal), StringComparison.Ordinal);

        var result = ScalarEdit.Set(
            Encoding.UTF8.GetBytes(Corrupted), new DocumentSelector("Deployment", "face-detector"),
            YamlPath.Parse("spec.template.spec.containers[name=face-detector].image"), "registry.example.com/faceedge/face-detector:2.0.0");

        Assert.Equal(Corrupted[..at] + "registry.example.com/faceedge/face-detector:2.0.0" + Corrupted[(at + Old.Length)..], Encoding.UTF8.GetString(result.Bytes));
    }

    private static void AssertAround(YamlSample sample, byte[] edited)
    {
        Assert.True(edited.Length >= sample.Before.Length + sample.After.Length);
        Assert.Equal(sample.Before, edited[..sample.Before.Length]);
        Assert.Equal(sample.After, edited[^sample.After.Length..]);
    }

    /// <summary>The value as a reader other than the edit's own reads it.</summary>
    private static string ReadAgain(byte[] file)
    {
        var stream = new YamlStream();
        stream.Load(new StreamReader(new MemoryStream(file), Encoding.UTF8));
        var root = (YamlMappingNode)stream.Documents.Select(document => document.RootNode).Single(node =>
            node is YamlMappingNode mapping && (string?)mapping["kind"] == "Thing" && (string?)mapping["metadata"]["name"] == "t");
        return ((YamlScalarNode)root["target"]).Value ?? "";
    }

    private static YamlFile YamlFileOf(byte[] bytes)
    {
        Assert.Null(YamlFile.TryParse(bytes, out var file));
        return file;
    }

    private static IEnumerable<(DocumentSelector Selector, YamlPath Path)> Scalars(YamlNode node, string[] keys, YamlDocument document)
    {
        var selector = new DocumentSelector(document.Root.Text("kind")!, document.Root.Text("metadata", "name")!);
        return node switch
        {
            YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value, [.. keys, entry.Name!], document)),
            YamlScalar { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } when keys is not (["kind"] or ["metadata", "name"]) => [(selector, YamlPath.OfKeys(keys))],
            _ => [],
        };
    }
}
