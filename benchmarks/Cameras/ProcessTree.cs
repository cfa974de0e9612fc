using System.Globalization;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>A process and its children, as Linux's /proc tells of them (proc(5)).</summary>
internal static class ProcessTree
{
    /// <summary>USER_HZ, which the kernel's interface fixes at 100 on x64 and arm64.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Fields of /proc/PID/stat behind the program's name in brackets, which may hold blanks: state is the first.</summary>
    private const int Parent = 1, UserTime = 11, SystemTime = 12, ChildrenUserTime = 13, ChildrenSystemTime = 14;

    /// <summary>The process and whoever it started.</summary>
    public static int[] Of(int process) =>
    [
        process,
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Stat(id) is { } fields && fields[Parent] == process.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Processor time of the processes, and of the children of theirs that have ended.</summary>
    public static TimeSpan ProcessorTime(IEnumerable<int> processes) => TimeSpan.FromSeconds(processes
        .Select(Stat)
        .Sum(fields => fields is null ? 0 : Ticks(fields, UserTime) + Ticks(fields, SystemTime) + Ticks(fields, ChildrenUserTime) + Ticks(fields, ChildrenSystemTime))
        / TicksPerSecond);

    /// <summary>Proportional memory: pages that several processes share count for each by its part.</summary>
    public static double ProportionalMegabytes(IEnumerable<int> processes) => processes.Sum(process =>
        File.ReadLines($"/proc/{process}/smaps_rollup")
            .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) * 1024 / 1e6);

    private static long Ticks(string[] fields, int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);

    /// <summary>Null for a process that has ended.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
