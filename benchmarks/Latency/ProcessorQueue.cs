using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>
/// How long a thread stood ready to run and waited for a processor: the second field of Linux's schedstat, in nanoseconds
/// (Documentation/scheduler/sched-stats.rst). What it waits for anything else, a lock or a disk, is not in it.
/// </summary>
internal sealed class ProcessorQueue : IDisposable
{
    private const string Statistics = "/proc/thread-self/schedstat";

    /// <summary>Three decimal numbers of 64 bits, their spaces and the end of the line.</summary>
    private const int LongestLine = 64;

    private readonly SafeFileHandle _statistics;

    private ProcessorQueue(SafeFileHandle statistics) => _statistics = statistics;

    /// <returns>The queue of the thread that asks; null where the system does not count the waiting.</returns>
    public static ProcessorQueue? OfThisThread()
    {
        if (!File.Exists(Statistics))
        {
            return null;
        }

        var queue = new ProcessorQueue(File.OpenHandle(Statistics));
        if (queue.Read().Ran > 0)
        {
            return queue;
        }

        // Built in and turned off: all fields are zero, for a thread that runs.
        queue.Dispose();
        return null;
    }

    /// <summary>Since the thread began; allocates nothing.</summary>
    public long WaitedNanoseconds() => Read().Waited;

    public void Dispose() => _statistics.Dispose();

    private (long Ran, long Waited) Read()
    {
        Span<byte> buffer = stackalloc byte[LongestLine];
        ReadOnlySpan<byte> line = buffer[..RandomAccess.Read(_statistics, buffer, fileOffset: 0)];
        return Utf8Parser.TryParse(line, out long ran, out var length)
            && length < line.Length
            && Utf8Parser.TryParse(line[(length + 1)..], out long waited, out _)
            ? (ran, waited)
            : throw new InvalidDataException($"{Statistics} holds something else than the fields of schedstat.");
    }
}
