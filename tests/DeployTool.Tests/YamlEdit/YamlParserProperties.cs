using System.Text;
using CsCheck;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.TestFleet;
using YamlDotNet.Core;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>Our parser beside YamlDotNet's, which shares nothing with it. DEPLOY_TOOL_FUZZ_SECONDS says for how long (a hundred files if not set).</summary>
public sealed class YamlParserProperties
{
    [Fact]
    public void What_people_write_is_read_as_yamldotnet_reads_it() => YamlGen.Sample.Sample(
        sample =>
        {
            var text = Encoding.UTF8.GetString(sample.File).TrimStart('\uFEFF');
            Assert.Null(YamlParser.TryParse(text, out var documents));
            if (ReadByYamlDotNet(text) is { } expected)
            {
                Assert.Equal(expected, YamlNotation.Of(documents));
            }
        },
        time: FuzzTime.Seconds());

    [Theory]
    [InlineData("qa")]
    [InlineData("uat")]
    [InlineData("production")]
    public void Real_manifests_are_read_as_yamldotnet_reads_them(string environment)
    {
        var text = Fleet.Manifest(environment);

        Assert.Null(YamlParser.TryParse(text, out var documents));
        Assert.Equal(ReadByYamlDotNet(text), YamlNotation.Of(documents));
    }

    /// <summary>A fault is somewhere in the file, and its line and column are those of its offset.</summary>
    [Fact]
    public void A_damaged_file_is_read_or_refused_at_a_place_that_is_in_it() =>
        Gen.Select(YamlGen.Sample, Gen.Select(Gen.Double[0, 1], Gen.Int[0, 3], ScalarEditFuzz.Fragment).Array[1, 3]).Sample(
            (sample, damages) =>
            {
                var text = damages.Aggregate(Encoding.UTF8.GetString(sample.File).TrimStart('\uFEFF').Replace("\r", "", StringComparison.Ordinal), (all, damage) =>
                {
                    var at = (int)(damage.Item1 * all.Length);
                    return all[..at] + damage.Item3.Replace("\r", "", StringComparison.Ordinal) + all[Math.Min(all.Length, at + damage.Item2)..];
                }).TrimStart('\uFEFF');

                if (YamlFile.TryParse(Encoding.UTF8.GetBytes(text), out _) is { } fault)
                {
                    Assert.InRange(fault.Position.Offset, 0, text.Length);
                    Assert.Equal(YamlText.PositionOf(text, fault.Position.Offset), fault.Position);
                    Assert.DoesNotContain('\n', fault.Message);
                }
            },
            time: FuzzTime.Seconds());

    [Fact]
    public void Nesting_without_end_is_refused_and_does_not_exhaust_the_stack()
    {
        foreach (var open in (string[])["[", "{a: ", "- ", "? "])
        {
            var text = string.Concat(Enumerable.Repeat(open, 100_000));

            Assert.Contains("nested deeper than 100 levels", YamlParser.TryParse(text, out _)?.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Null where YamlDotNet refuses what YAML allows.</summary>
    private static string? ReadByYamlDotNet(string text)
    {
        try
        {
            return YamlNotation.OfYamlDotNet(text);
        }
        catch (YamlException)
        {
            return null;
        }
    }
}
