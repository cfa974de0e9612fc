using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Contracts;

namespace FaceEdge.Telemetry;

/// <summary>
/// Remembers across the restarts of a container how the service's last run ended, so that metrics can tell how often it came back and why. Kubernetes knows
/// that too, but nobody outside the site can ask it. The file lies on a volume that lives as long as the pod.
/// </summary>
internal sealed class RunLog
{
    public const string FileName = "service-runs.json";

    private readonly string? _path;
    private readonly Dictionary<string, long> _restarts;

    private RunLog(string? path, Dictionary<string, long> restarts)
    {
        _path = path;
        _restarts = restarts;
    }

    /// <summary>Times that the service started again, by how the run before ended. Every reason is there.</summary>
    public IReadOnlyDictionary<string, long> Restarts => _restarts;

    /// <summary>Takes note that a run begins.</summary>
    /// <param name="folder">Where the file is; null to remember nothing. One service at a time may use it.</param>
    /// <remarks>A file that cannot be read counts as none, and one that cannot be written is left out: the service runs without it.</remarks>
    public static RunLog Begin(string? folder)
    {
        var restarts = Enum.GetNames<RunEnd>().ToDictionary(name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name), _ => 0L, StringComparer.Ordinal);
        var log = new RunLog(string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, FileName), restarts);
        if (log.Read() is { } before)
        {
            foreach (var (reason, count) in before.Restarts.Where(one => restarts.ContainsKey(one.Key)))
            {
                restarts[reason] = count;
            }

            var ended = before.Ended ?? ReasonOf(RunEnd.Killed);
            if (restarts.TryGetValue(ended, out var so))
            {
                restarts[ended] = so + 1;
            }
        }

        log.Write(null);
        return log;
    }

    /// <summary>Takes note that the run ends, and how.</summary>
    public void End(RunEnd how) => Write(ReasonOf(how));

    private static string ReasonOf(RunEnd how) => JsonNamingPolicy.SnakeCaseLower.ConvertName(how.ToString());

    private RunLogDocument? Read()
    {
        try
        {
            return _path is not null && JsonSerializer.Deserialize(File.ReadAllBytes(_path), FaceDetectorJson.Default.RunLogDocument) is { Restarts: not null } log
                ? log
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Write(string? ended)
    {
        try
        {
            if (_path is not null)
            {
                AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new RunLogDocument(_restarts, ended), FaceDetectorJson.Default.RunLogDocument));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A read-only file system, or a full one: the next run does not know of this one.
        }
    }
}

/// <summary>How a run of the service ended, as the label <c>reason</c> of <c>faceedge_restarts_total</c> says it.</summary>
internal enum RunEnd
{
    /// <summary>It was asked to: by a liveness probe that failed, an operator, a shutdown.</summary>
    Stopped,

    /// <summary>It ended by itself: a setting, the model, a camera's loop.</summary>
    Failed,

    /// <summary>It left no word: out of memory, killed, the host without power.</summary>
    Killed,
}

/// <summary>The file's content.</summary>
/// <param name="Restarts">As <see cref="RunLog.Restarts"/>.</param>
/// <param name="Ended">How the run ended; null while it runs.</param>
internal sealed record RunLogDocument(IReadOnlyDictionary<string, long> Restarts, [property: JsonRequired] string? Ended);
