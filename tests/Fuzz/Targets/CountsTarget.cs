using System.Text;
using FaceEdge.Counting;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// A file in the folder of counts, its name on the first line. Whatever it holds, what this service counted is kept and read again, and no file is removed
/// of which a part could not be read.
/// </summary>
internal sealed class CountsTarget : FuzzTarget
{
    private const int Counted = 3;

    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 30, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-fuzz-");

    public override string Name => "counts";

    public override int MaxLength => 2048;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "\n", ",", CountFile.Header, "2026-11-26", "2026-11-27", "2026-10-01", "9999-12-31", "0001-01-01", ".csv", ".x.csv", "1439", "1440", "-1", "100000", "1e9", "NaN", "0.5", "750,1,1,1,1\n", "\r", "\u2028");

    public override IEnumerable<byte[]> Seeds() => AsBytes(
        $"2026-11-26.x.csv\n{CountFile.Header}\n0,1,1,2.5,60\n750,2,2,60,60\n", "2026-10-30.y.csv\n5,1,1,1,1\n6,1,", "9999-12-31.z.csv\n5,1,1,1,1\n");

    public override void Run(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf((byte)'\n');
        if (end < 0 || FileName(input[..end]) is not { } name)
        {
            return;
        }

        foreach (var old in _folder.EnumerateFiles())
        {
            old.Delete();
        }

        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(file, input[(end + 1)..].ToArray());
        File.SetLastWriteTimeUtc(file, Now.UtcDateTime.AddHours(-1));
        CountFile.Read(File.ReadAllText(file), out var bad);

        var passed = Count("a");

        Require(passed >= Counted && Read("b") == passed, "what was counted is there after the next start");
        Require(bad == 0 || File.Exists(file) || IsOld(name), "a file with a line that is none stays");
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }

    /// <summary>As an operating system takes it, without what a path would mean.</summary>
    private static string? FileName(ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes);
        return name.Length is > 0 and < 60 && name is not ("." or "..") && name.IndexOfAny(['/', '\0', '\uFFFD']) < 0 && !name.Contains(".a.", StringComparison.Ordinal) ? name : null;
    }

    private static bool IsOld(string name) => string.CompareOrdinal(name, "2026-10-23") < 0;

    private int Count(string service)
    {
        var (folder, history) = Open(service);
        folder.Load();
        history.Add(Now, new MinuteCount(Counted, Counted, 1, 1));
        folder.Save();
        return Passed(history);
    }

    private int Read(string service)
    {
        var (folder, history) = Open(service);
        folder.Load();
        return Passed(history);
    }

    private static int Passed(CountHistory history) => history.Sum(Now, Now.AddMinutes(1)).Passed;

    private (CountFolder Folder, CountHistory History) Open(string service)
    {
        var history = new CountHistory();
        return (new CountFolder(_folder.FullName, service, history, new SetClock(Now), NullLogger.Instance), history);
    }
}
