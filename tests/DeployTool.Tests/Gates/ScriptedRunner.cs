namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>Shell commands that speak the runner protocol and answer every turn with the same samples.</summary>
internal static class ScriptedRunner
{
    public const string Machine = """{"cpu":"Test CPU","cores":2,"os":"Linux","architecture":"X64","runtime":".NET 10"}""";

    /// <param name="nanoseconds">Of every sample.</param>
    /// <param name="protocol">What it says it speaks.</param>
    /// <param name="machine">Where it says it runs.</param>
    /// <param name="waited">Of every sample, nanoseconds waited for a processor rather than used; null when it cannot tell.</param>
    public static string Steady(int nanoseconds, string protocol = "faceedge-latency/1", string machine = Machine, int? waited = null)
    {
        var used = Math.Max(1, nanoseconds - (waited ?? 0));
        var waits = waited is null ? "" : $$""","waitNanoseconds":[{{waited}},{{waited}}]""";
        var ready = $$"""{"protocol":"{{protocol}}","machine":{{machine}},"benchmarks":[{"name":"detect","samplesPerTurn":2}]}""";
        var answer = $$"""{"nanoseconds":[{{nanoseconds}},{{nanoseconds}}],"cpuNanoseconds":[{{used}},{{used}}],"allocatedBytes":0{{waits}}}""";
        return $"sh -c \"echo '{Quoted(ready)}'; while read line; do echo '{Quoted(answer)}'; done\"";
    }

    public static string Broken(string error) => $"sh -c \"echo '{error}' >&2; exit 7\"";

    /// <summary>The text stands in double quotes of a shell.</summary>
    private static string Quoted(string json) => json.Replace("\"", "\\\"", StringComparison.Ordinal);
}
