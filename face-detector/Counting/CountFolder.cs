using System.Globalization;
using FaceEdge.Contracts;

namespace FaceEdge.Counting;

/// <summary>
/// One camera's folder of counts: a file a day and service, each written by one service alone, so that the two of a rollout may share the folder. Each file
/// holds what its service knows of the day, from others too; files of services that have ended are then removed.
/// </summary>
internal sealed partial class CountFolder
{
    /// <summary>Ten times what a full day takes.</summary>
    private const long MostBytes = 512 * 1024;

    private const int MostFiles = 2000;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A service that runs writes its file every minute.</summary>
    private static readonly TimeSpan EndedAfter = TimeSpan.FromMinutes(10);

    private readonly string _path;
    private readonly string _service;
    private readonly CountHistory _history;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, (DateTime Written, bool IsRead)> _seen = new(StringComparer.Ordinal);
    private bool _failing;

    /// <param name="path">Made with the first file.</param>
    /// <param name="service">Sets this service's files apart from those of others.</param>
    /// <param name="history">What is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of what cannot be read or written.</param>
    public CountFolder(string path, string service, CountHistory history, TimeProvider time, ILogger log)
    {
        _path = path;
        _service = service;
        _history = history;
        _time = time;
        _log = log;
    }

    /// <summary>Reads what others wrote since the last time, and writes today and yesterday. Faults are logged, the first of a row.</summary>
    public void Save()
    {
        try
        {
            var files = Load();
            var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
            Directory.CreateDirectory(_path);
            foreach (var group in files.GroupBy(file => file.Day).Where(group => group.Key < today.AddDays(-1) && group.Count() > 1))
            {
                Write(group.Key);
                RemoveEnded(group.Select(file => file.File));
            }

            foreach (var day in (DateOnly[])[today.AddDays(-1), today])
            {
                Write(day);
                RemoveEnded(files.Where(file => file.Day == day).Select(file => file.File));
            }

            foreach (var old in files.Where(file => file.Day <= today.AddDays(-CountHistory.Days)))
            {
                old.File.Delete();
            }

            _failing = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_failing)
            {
                LogUnwritten(_log, _path, exception.Message);
            }

            _failing = true;
        }
    }

    /// <summary>Takes in every file that was not read as it is now.</summary>
    public IReadOnlyList<(DateOnly Day, FileInfo File)> Load()
    {
        var folder = new DirectoryInfo(_path);
        if (!folder.Exists)
        {
            return [];
        }

        var files = new List<(DateOnly Day, FileInfo File)>();
        var newest = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).AddDays(1);
        foreach (var file in folder.EnumerateFiles("*.csv").OrderByDescending(file => file.Name, StringComparer.Ordinal))
        {
            if (files.Count == MostFiles)
            {
                break;
            }

            // A clock that was wrong once leaves files of future days: they are ignored until then.
            if (DateOnly.TryParseExact(file.Name.Split('.')[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= newest)
            {
                files.Add((day, file));
                if (!_seen.TryGetValue(file.Name, out var seen) || seen.Written != file.LastWriteTimeUtc)
                {
                    _seen[file.Name] = (file.LastWriteTimeUtc, Read(day, file));
                }
            }
        }

        return files;
    }

    /// <summary>Takes in a file; false where a part of it, or all, could not be read.</summary>
    private bool Read(DateOnly day, FileInfo file)
    {
        try
        {
            if (file.Length > MostBytes)
            {
                LogUnread(_log, file.FullName, $"{file.Length} bytes are more than a day takes");
                return false;
            }

            _history.Merge(day, CountFile.Read(File.ReadAllText(file.FullName), out var bad));
            if (bad > 0)
            {
                LogUnread(_log, file.FullName, $"{bad} lines cannot be read");
            }

            return bad == 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnread(_log, file.FullName, exception.Message);
            return false;
        }
    }

    private void Write(DateOnly day)
    {
        if (_history.Read(day) is { Length: > 0 } minutes)
        {
            var path = Path.Combine(_path, NameOf(day));
            AtomicFile.Write(path, CountFile.Write(minutes));
            _seen[NameOf(day)] = (File.GetLastWriteTimeUtc(path), true);
        }
    }

    /// <summary>What they hold is in this service's file of the day by now; what could not be read stays for somebody who can.</summary>
    private void RemoveEnded(IEnumerable<FileInfo> files)
    {
        foreach (var file in files)
        {
            if (!file.Name.Contains($".{_service}.", StringComparison.Ordinal)
                && _seen.TryGetValue(file.Name, out var seen)
                && seen.IsRead
                && seen.Written == File.GetLastWriteTimeUtc(file.FullName)
                && _time.GetUtcNow().UtcDateTime - seen.Written > EndedAfter)
            {
                file.Delete();
            }
        }
    }

    private string NameOf(DateOnly day) => $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)}.{_service}.csv";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts in {Path} are skipped in part: {Reason}")]
    private static partial void LogUnread(ILogger log, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts cannot be kept in {Path}, and are in memory alone until they can: {Reason}")]
    private static partial void LogUnwritten(ILogger log, string path, string reason);
}
