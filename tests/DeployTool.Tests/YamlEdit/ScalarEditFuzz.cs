using System.Globalization;
using System.Text;
using CsCheck;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>
/// Damaged files. DEPLOY_TOOL_FUZZ_SECONDS says for how long (one second if not set); the counts go to the test's output.
/// </summary>
public sealed class ScalarEditFuzz
{
    private static readonly (DocumentSelector Selector, YamlPath Path)[] Targets =
    [
        (new DocumentSelector("Deployment", "face-detector"), YamlPath.Parse("spec.template.spec.containers[name=face-detector].image")),
        (new DocumentSelector("ConfigMap", "face-detector"), YamlPath.Parse("data.Page__Title")),
        (new DocumentSelector("Namespace", "face-detector"), YamlPath.Parse("metadata.labels[\"app.kubernetes.io/part-of\"]")),
    ];

    public static readonly Gen<string> Fragment = Gen.OneOf(
        "\n", "\r", "\r\n", "\t", " ", ":", ": ", " #", "'", "\"", "\\", "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!str ", "!<x> ", "|", ">", "|2-\n", "%YAML 1.2\n", "%TAG ! x\n", "---", "\n---\n", "\n...\n", "- ", "? ",
        "\u0000", "\u0085", "\u2028", "\uFEFF", "😀", "<<: *a", "\n  target: x\n", "kind: Thing", "image: ", "~");

    private static readonly Gen<(byte[] File, (DocumentSelector Selector, YamlPath Path) Target)> Original = Gen.OneOf(
        YamlGen.Sample.Select(sample => (sample.File, (new DocumentSelector("Thing", "t"), YamlPath.Parse("target")))),
        Gen.Select(
            Gen.OneOf("qa", "uat", "production").Select(name => Encoding.UTF8.GetBytes(Fleet.Manifest(name))), Gen.OneOf(Targets)));

    /// <summary>Mostly what means something to YAML; bytes that are not UTF-8 end every attempt at once.</summary>
    private static readonly Gen<byte[]> Damage = Gen.Frequency(
        (8, Fragment.Select(Encoding.UTF8.GetBytes)), (1, Gen.Byte.Array[1, 3]), (3, Gen.Const(Array.Empty<byte>())));

    [Fact]
    public void A_damaged_file_is_edited_in_one_place_or_refused_and_never_crashes()
    {
        var outcomes = new long[Enum.GetValues<ScalarEditOutcome>().Length];
        var mutation = Gen.Select(Gen.Double[0, 1], Gen.Int[0, 3], Damage);

        Gen.Select(Original, mutation.Array[1, 3], YamlGen.Value).Sample(
            (original, mutations, value) =>
            {
                var file = mutations.Aggregate(original.File, Apply);
                var result = ScalarEdit.Set(file, original.Target.Selector, original.Target.Path, value);
                Interlocked.Increment(ref outcomes[(int)result.Outcome]);
                if (result.Outcome != ScalarEditOutcome.Changed)
                {
                    Assert.Same(file, result.Bytes);
                    return;
                }

                AssertOneScalarWasReplaced(file, result, original.Target.Selector, original.Target.Path, value);
            },
            time: FuzzTime.Seconds(1));

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", Enum.GetValues<ScalarEditOutcome>().Select(outcome => $"{outcome} {outcomes[(int)outcome].ToString(CultureInfo.InvariantCulture)}")));
    }

    private static void AssertOneScalarWasReplaced(byte[] file, ScalarEditResult result, DocumentSelector selector, YamlPath path, string value)
    {
        Assert.Null(YamlFile.TryParse(file, out var before));
        Assert.Null(YamlFile.TryParse(result.Bytes, out var after));
        var old = ScalarLookup.Find(before, selector, path).Scalar!;
        var edited = ScalarLookup.Find(after, selector, path).Scalar!;
        var (oldStart, newStart) = (old.ContentOffset, edited.ContentOffset);

        Assert.Equal(value, edited.Value);
        Assert.Equal(file[before.Text.ByteOffset(old.EndOffset)..], result.Bytes[after.Text.ByteOffset(edited.EndOffset)..]);
        Assert.Equal(file[..before.Text.ByteOffset(oldStart)], result.Bytes[..before.Text.ByteOffset(oldStart)]);
        Assert.True(newStart - oldStart is 0 or 1, "only one blank may come in front of a scalar that was empty");
    }

    private static byte[] Apply(byte[] file, (double Place, int Deleted, byte[] Inserted) mutation)
    {
        var at = (int)(mutation.Place * file.Length);
        return [.. file[..at], .. mutation.Inserted, .. file[Math.Min(file.Length, at + mutation.Deleted)..]];
    }
}
