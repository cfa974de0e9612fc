using CsCheck;
using FaceEdge.Counting;
using FaceEdge.Tests.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Counting;

public sealed class CountFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public void What_was_counted_is_there_after_the_next_start_and_goes_on_in_the_same_minute()
    {
        var (first, _) = Service("a", 5);

        var (second, _) = Service("b", 2);

        Assert.Equal((5, 7), (first(), second()));
    }

    [Fact]
    public void Two_services_that_watch_the_same_camera_count_everybody_once()
    {
        var (first, saveFirst) = Service("a", 5);
        var (second, saveSecond) = Service("b", 0);
        saveFirst();
        saveSecond();
        saveFirst();

        Assert.Equal((5, 5), (first(), second()));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Files_of_services_that_have_ended_are_taken_over_and_removed()
    {
        Service("a", 5);
        File.SetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(_folder.Path)), _now.UtcDateTime.AddMinutes(-30));

        var (second, _) = Service("b", 1);

        Assert.Equal(6, second());
        Assert.EndsWith(".b.csv", Assert.Single(Directory.GetFiles(_folder.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public void A_day_that_a_wrong_clock_wrote_costs_no_other_day(string day)
    {
        Service("a", 5);
        foreach (var name in new[] { "x", "y" })
        {
            _folder.Write($"{day}.{name}.csv", "5,1,1,1,1\n"u8.ToArray());
        }

        var (second, save) = Service("b", 2);
        save();

        Assert.Equal(7, second());
    }

    [Fact]
    public void A_file_that_cannot_be_read_wholly_is_not_taken_for_taken_over()
    {
        var torn = _folder.Write($"{_now.UtcDateTime:yyyy-MM-dd}.torn.csv", "5,1,1,1,1\n6,1,"u8.ToArray());
        File.SetLastWriteTimeUtc(torn, _now.UtcDateTime.AddMinutes(-30));

        Service("a", 5);

        Assert.True(File.Exists(torn));
    }

    [Fact]
    public void A_folder_full_of_anything_stops_nothing()
        => Gen.Select(Gen.String, Gen.Const(CountFile.Header), Gen.Int[0, 2000], Gen.Int[-5, 200_000]).Sample((text, header, minute, passed) =>
        {
            var counts = CountFile.Read($"{header}\n{text}\n{minute},{passed},1,1.5,3\n5,1,1,1,NaN\n6,1,1,1,1,1\n", out var bad);

            Assert.InRange(bad, 2, int.MaxValue);
            Assert.True(Array.TrueForAll(counts, count => count.Passed is >= 0 and <= 100_000 && float.IsFinite(count.WatchedSeconds)));
        });

    [Fact]
    public void What_is_written_is_read_again()
        => Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 900], Gen.Int[0, 90]).List[0, 50].Sample(seen =>
        {
            var minutes = new MinuteCount[CountHistory.MinutesADay];
            foreach (var (minute, passed, most) in seen)
            {
                minutes[minute] = new MinuteCount(passed, most, passed / 4f, most / 4f);
            }

            Assert.Equal(minutes, CountFile.Read(System.Text.Encoding.UTF8.GetString(CountFile.Write(minutes)), out var bad));
            Assert.Equal(0, bad);
        });

    [Fact]
    public void A_folder_that_cannot_be_written_leaves_the_counts_in_memory()
    {
        var history = new CountHistory();
        history.Add(_now, new MinuteCount(3, 1, 0, 0));

        new CountFolder(_folder.Write("file", []), "a", history, TimeProvider.System, NullLogger.Instance).Save();

        Assert.Equal(3, history.Sum(_now.AddDays(-1), _now.AddDays(1)).Passed);
    }

    public void Dispose() => _folder.Dispose();

    private (Func<int> Passed, Action Save) Service(string name, int passed)
    {
        var history = new CountHistory();
        var folder = new CountFolder(_folder.Path, name, history, TimeProvider.System, NullLogger.Instance);
        folder.Load();
        history.Add(_now, new MinuteCount(passed, passed, 0, 0));
        folder.Save();
        return (() => history.Sum(_now.AddDays(-1), _now.AddDays(1)).Passed, folder.Save);
    }
}
