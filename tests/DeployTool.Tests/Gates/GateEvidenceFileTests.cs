using System.Text;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.LatencyGate;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class GateEvidenceFileTests
{
    private const string Good = """
        {
          "kind": "accuracy", "subject": { "commit": "0123456789abcdef0123456789abcdef01234567" }, "verdict": "pass",
          "summary": "AP 0.91, base 0.90", "numbers": { "ap": 0.91 }, "measuredAt": "2026-11-23T12:00:00Z",
          "images": 104
        }
        """;

    [Fact]
    public void Reads_what_a_gate_wrote_and_ignores_members_of_its_own()
    {
        var evidence = Parse(Good);

        Assert.Equal(GateKind.Accuracy, evidence.Kind);
        Assert.Equal("0123456789abcdef0123456789abcdef01234567", evidence.Subject.Commit);
        Assert.Equal(GateVerdict.Pass, evidence.Verdict);
        Assert.Equal(0.91, evidence.Numbers["ap"]);
        Assert.Null(evidence.Machine);
    }

    [Theory]
    [InlineData("\"pass\"", "\"passed\"")]
    [InlineData("\"pass\"", "0")]
    [InlineData("\"pass\"", "null")]
    [InlineData("\"verdict\": \"pass\",", "")]
    [InlineData("\"accuracy\"", "\"\"")]
    [InlineData("{ \"commit\": \"0123456789abcdef0123456789abcdef01234567\" }", "{}")]
    [InlineData("{ \"commit\": \"0123456789abcdef0123456789abcdef01234567\" }", "null")]
    [InlineData("\"2026-11-23T12:00:00Z\"", "\"yesterday\"")]
    [InlineData("\"images\": 104", "\"images\": 104,,")]
    public void Refuses_what_is_missing_or_misspelt(string text, string replacement)
    {
        var exception = Assert.Throws<LatencyGateException>(() => Parse(Good.Replace(text, replacement, StringComparison.Ordinal)));

        Assert.False(exception.IsUnavailable);
        Assert.StartsWith("a.json is not gate evidence: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_file_that_does_not_exist() =>
        Assert.Contains("absent.json does not exist", Assert.Throws<LatencyGateException>(() => GateEvidenceFile.Read("absent.json")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_digest_that_is_recorded_is_of_the_bytes_that_were_judged()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "named pipes");
        using var folder = new TemporaryPipe();
        var writing = Task.Run(() => File.WriteAllText(folder.Path, Good), TestContext.Current.CancellationToken);

        // What is written to a pipe can be read once: a second look at the file would wait for ever.
        var file = await Task.Run(() => EvidenceFile.Read(folder.Path), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);

        await writing;
        Assert.Equal(Digest.Sha256(Encoding.UTF8.GetBytes(Good)), file.Digest);
        Assert.Equal(GateVerdict.Pass, file.Evidence.Verdict);
    }

    private static GateEvidence Parse(string json) => GateEvidenceFile.Parse(Encoding.UTF8.GetBytes(json), "a.json");

    private sealed class TemporaryPipe : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence-");

        public TemporaryPipe()
        {
            Path = System.IO.Path.Combine(_folder.FullName, "evidence.json");
            using var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path]);
            mkfifo.WaitForExit();
            Assert.Equal(0, mkfifo.ExitCode);
        }

        public string Path { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
