using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>
/// Damaged files where gates expect theirs: each is read, or refused as wrong input; never another exception.
/// DEPLOY_TOOL_FUZZ_SECONDS says for how long (a hundred files if not set); the counts go to the test's output.
/// </summary>
public sealed class GateInputFuzz : IDisposable
{
    private const string Evidence = """
        {"kind":"site-check","subject":{"image":"sha256:00","commit":"0123456"},"verdict":"pass","summary":"fine","numbers":{"p95":1.5,"n":3},
         "measuredAt":"2026-11-20T10:00:00Z","machine":"box","environment":"qa","site":"qa","more":[1,{"a":null}]}
        """;

    private const string Benchmarks = """
        {"HostEnvironmentInfo":{"OsVersion":"Linux","ProcessorName":"CPU","LogicalCoreCount":2,"RuntimeVersion":".NET 10","Architecture":"X64"},
         "Benchmarks":[{"FullName":"A.B","Memory":{"BytesAllocatedPerOperation":0},"Measurements":[
          {"IterationMode":"Workload","IterationStage":"Actual","LaunchIndex":1,"IterationIndex":1,"Operations":4,"Nanoseconds":100.5},
          {"IterationMode":"Workload","IterationStage":"Actual","LaunchIndex":2,"IterationIndex":1,"Operations":4,"Nanoseconds":99}]}]}
        """;

    private const string Evaluation = """
        {"report":{"model":"m","modelSha256":"00","labelsSha256":"00","inputSide":320,"pictures":9,
          "sizes":[{"size":"all","faces":9,"averagePrecision":0.5,"recallAtPrecision95":0.4},{"size":"large","faces":3,"averagePrecision":0.7,"recallAtPrecision95":0.6}],
          "millisecondsPerPicture":4.5},
         "gate":{"decision":"Passed","reason":"as before","changes":{}}}
        """;

    private static readonly Gen<string> Value = Gen.OneOf(
        "null", "true", "0", "-1", "1e999", "1.5", "9223372036854775808", "\"\"", "\"x\"", "\"2026-13-01\"", "[]", "{}", "[null]", "[[]]", "{\"a\":null}", "\"Passed\"", "\"pass\"", "[1,2]");

    private static readonly Gen<string> Fragment = Gen.OneOf(
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\0", "\uFEFF", "null", "NaN", "//", "/**/", "1", "e", "-", "\"kind\":", "\n", "é", "\"a\":1,", "\"a\":1,\"a\":2,", "\\ud800");

    private readonly string _folder = Directory.CreateTempSubdirectory("gate-input-").FullName;

    [Fact]
    public void A_damaged_file_is_read_or_refused_and_never_crashes()
    {
        var (read, refused) = (0L, 0L);
        var change = Gen.Select(Gen.Double[0, 1], Value, Gen.Int[0, 3]);
        var damage = Gen.Select(Gen.Double[0, 1], Gen.Int[0, 3], Fragment);
        var which = Gen.OneOf(Evidence, Benchmarks, Evaluation);
        Gen.Select(which, which, change.Array[0, 3], damage.Array[0, 2]).Sample(
            (text, reader, changes, damages) =>
            {
                var json = damages.Aggregate(changes.Aggregate(text, Change), Damage);
                try
                {
                    Read(reader, Encoding.UTF8.GetBytes(json));
                    Interlocked.Increment(ref read);
                }
                catch (Exception exception) when (exception is DeployException or ExplainedException)
                {
                    var reported = exception as DeployException ?? DeployException.Of((ExplainedException)exception);
                    Assert.Equal(ExitCode.BadInput, reported.ExitCode);
                    Interlocked.Increment(ref refused);
                }
            },
            time: FuzzTime.Seconds());
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} read, {refused} refused");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Read(string reader, byte[] json)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}-report-full.json");
        File.WriteAllBytes(path, json);
        try
        {
            switch (reader)
            {
                case Evidence:
                    _ = EvidenceFile.Read(path);
                    break;
                case Benchmarks:
                    _ = BdnResults.Read(path);
                    break;
                default:
                    _ = AccuracyResult.Read(path, new GateSubject("0123456"), DateTimeOffset.UnixEpoch);
                    break;
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Replaces one value of the document, takes it out, or doubles it.</summary>
    private static string Change(string json, (double Place, string Value, int How) change)
    {
        var root = JsonNode.Parse(json)!;
        var all = Nodes(root).Where(node => node.Parent is not null).ToList();
        if (all.Count == 0)
        {
            return json;
        }

        var node = all[(int)(change.Place * (all.Count - 1))];
        switch (node.Parent)
        {
            case JsonObject parent when change.How == 0:
                parent.Remove(node.GetPropertyName());
                break;
            case JsonObject parent:
                parent[node.GetPropertyName()] = JsonNode.Parse(change.Value);
                break;
            case JsonArray parent when change.How == 0:
                parent.Remove(node);
                break;
            case JsonArray parent when change.How == 1:
                parent.Add(node.DeepClone());
                break;
            case JsonArray parent:
                parent[node.GetElementIndex()] = JsonNode.Parse(change.Value);
                break;
        }

        return root.ToJsonString();
    }

    private static string Damage(string json, (double Place, int Deleted, string Inserted) damage)
    {
        var at = (int)(damage.Place * json.Length);
        return json[..at] + damage.Inserted + json[Math.Min(json.Length, at + damage.Deleted)..];
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject map => map.Select(entry => entry.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Nodes).Prepend(node),
        _ => [node],
    };
}
