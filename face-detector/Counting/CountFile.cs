using System.Globalization;
using System.Text;

namespace FaceEdge.Counting;

/// <summary>A day's minutes as lines of numbers, which a spreadsheet reads too.</summary>
internal static class CountFile
{
    public const string Header = "minute,passed,most_in_view,person_seconds,watched_seconds";

    /// <summary>A minute cannot hold more: what says so was not written by this service.</summary>
    private const int MostPeople = 100_000;

    public static byte[] Write(ReadOnlySpan<MinuteCount> minutes)
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < minutes.Length; i++)
        {
            if (!minutes[i].IsEmpty)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i},{minutes[i].Passed},{minutes[i].MostInView},{minutes[i].PersonSeconds:0.##},{minutes[i].WatchedSeconds:0.##}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads what can be read.</summary>
    /// <param name="text">Of the file.</param>
    /// <param name="bad">Lines that cannot be read.</param>
    public static MinuteCount[] Read(string text, out int bad)
    {
        var minutes = new MinuteCount[CountHistory.MinutesADay];
        bad = 0;
        foreach (var line in text.EnumerateLines())
        {
            if (!line.IsEmpty && !line.SequenceEqual(Header) && !TryRead(line, minutes))
            {
                bad++;
            }
        }

        return minutes;
    }

    private static bool TryRead(ReadOnlySpan<char> line, MinuteCount[] minutes)
    {
        Span<Range> parts = stackalloc Range[6];
        if (line.Split(parts, ',') != 5
            || !IsWhole(line[parts[0]], CountHistory.MinutesADay - 1, out var minute)
            || !IsWhole(line[parts[1]], MostPeople, out var passed)
            || !IsWhole(line[parts[2]], MostPeople, out var most)
            || !IsNumber(line[parts[3]], out var personSeconds)
            || !IsNumber(line[parts[4]], out var watched))
        {
            return false;
        }

        minutes[minute] = minutes[minute].Or(new MinuteCount(passed, most, personSeconds, watched));
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<char> text, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most;

    private static bool IsNumber(ReadOnlySpan<char> text, out float value) =>
        float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value <= 60f * MostPeople;
}
