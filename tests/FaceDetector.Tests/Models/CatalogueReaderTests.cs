using FaceEdge.Models;

namespace FaceEdge.Tests.Models;

public sealed class CatalogueReaderTests
{
    private const string Good = """
        default: tiny
        models:
          - name: tiny
            family: test
            file: tiny.onnx
            url: https://example.org/tiny.onnx
            sha256: 104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12
            size: 42
            licence: MIT
            input: 320x192
            thresholds: {score: 0.6, overlap: 0.45}
        """;

    [Fact]
    public void It_reads_every_field()
    {
        var entry = Read(Good).Default;

        Assert.Equal(
            new CatalogueEntry(
                new ModelDescription("tiny", "test", "104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12", 42, "MIT", 0.6f, 0.45f),
                "tiny.onnx",
                new Uri("https://example.org/tiny.onnx"),
                new InputShape(320, 192)),
            entry);
        Assert.Equal("tiny-104ee26c71d5.onnx", entry.CacheFile);
    }

    [Theory]
    [InlineData("default: tiny", "default: other", "catalogue.yaml:1: default: 'other' is none of the models: tiny.")]
    [InlineData("family: test", "familiy: test", "catalogue.yaml:4: unknown key 'familiy'; allowed: name, family, file, url, sha256, size, licence, input, thresholds.")]
    [InlineData("    family: test\n", "", "catalogue.yaml:3: the key 'family' is missing.")]
    [InlineData("name: tiny", "name: Tiny!", "catalogue.yaml:3: name: expected lower-case letters, digits and hyphens, found 'Tiny!'.")]
    [InlineData("file: tiny.onnx", "file: ../tiny.onnx", "catalogue.yaml:5: file: expected a file name without a folder, found '../tiny.onnx'.")]
    [InlineData("https://example.org", "http://example.org", "catalogue.yaml:6: url: expected an https address, found 'http://example.org/tiny.onnx'.")]
    [InlineData("sha256: 104e", "sha256: 104E", "catalogue.yaml:7: sha256: expected 64 lower-case hexadecimal digits, found '104Ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12'.")]
    [InlineData("size: 42", "size: -1", "catalogue.yaml:8: size: expected a number of bytes above 0, found '-1'.")]
    [InlineData("licence: MIT", "licence: ''", "catalogue.yaml:9: licence: expected a value.")]
    [InlineData("320x192", "320x200", "catalogue.yaml:10: input: expected dynamic or WIDTHxHEIGHT in multiples of 32, found '320x200'.")]
    [InlineData("score: 0.6", "score: 60", "catalogue.yaml:11: score: expected a number between 0 and 1, found '60'.")]
    [InlineData("thresholds: {score: 0.6, overlap: 0.45}", "thresholds: 0.6", "catalogue.yaml:11: expected a mapping with the keys score, overlap.")]
    [InlineData("models:", "models: []\nmodel:", "catalogue.yaml:3: unknown key 'model'; allowed: default, models.")]
    public void It_refuses_what_is_wrong_and_says_where(string right, string wrong, string expected)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        var refusal = Assert.Throws<InvalidCatalogueException>(() => Read(Good.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal(expected, refusal.Message);
    }

    [Fact]
    public void It_refuses_a_name_that_is_given_twice()
    {
        var second = Good[Good.IndexOf("  - name", StringComparison.Ordinal)..];

        var refusal = Assert.Throws<InvalidCatalogueException>(() => Read($"{Good}\n{second}"));

        Assert.Equal("catalogue.yaml:12: the name 'tiny' is taken by a model above.", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("models: {")]
    [InlineData("- a\n- b")]
    public void It_refuses_what_is_no_catalogue_at_all(string text)
        => Assert.StartsWith("catalogue.yaml:", Assert.Throws<InvalidCatalogueException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_program_s_own_catalogue_is_good_and_its_embedded_models_are_there()
    {
        var catalogue = ModelCatalogue.Load();
        var store = new ModelStore("/nowhere", null);

        Assert.NotNull(catalogue.Find("yunet-n"));
        Assert.All(catalogue.Entries.Where(entry => entry.IsEmbedded), entry => Assert.NotNull(store.Open(entry)));
    }

    private static ModelCatalogue Read(string text) => CatalogueReader.Read(new StringReader(text), "catalogue.yaml");
}
