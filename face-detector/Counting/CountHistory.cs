namespace FaceEdge.Counting;

/// <summary>One camera's minutes, of the last <see cref="Days"/> days (UTC) that have any; older ones are forgotten. Safe to use from many threads.</summary>
internal sealed class CountHistory
{
    /// <summary>Five weeks. A day takes 23 KiB.</summary>
    public const int Days = 35;

    public const int MinutesADay = 24 * 60;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<DateOnly, MinuteCount[]> _days = [];

    /// <summary>Adds to a minute what came after the rest of it.</summary>
    public void Add(DateTimeOffset at, in MinuteCount count)
    {
        lock (_gate)
        {
            ref var minute = ref Day(DateOnly.FromDateTime(at.UtcDateTime))[MinuteOf(at)];
            minute = minute.And(count);
        }
    }

    /// <summary>Takes in a day as another service saw it, or as this one saved it before.</summary>
    public void Merge(DateOnly day, ReadOnlySpan<MinuteCount> minutes)
    {
        lock (_gate)
        {
            if (_days.Count >= Days && day < _days.Keys.First())
            {
                return;
            }

            var mine = Day(day);
            for (var i = 0; i < mine.Length; i++)
            {
                mine[i] = mine[i].Or(minutes[i]);
            }
        }
    }

    /// <summary>A copy of a day's minutes; empty where nothing is known of it.</summary>
    public MinuteCount[] Read(DateOnly day)
    {
        lock (_gate)
        {
            return _days.TryGetValue(day, out var minutes) ? [.. minutes] : [];
        }
    }

    /// <summary>What is known of a span of whole minutes.</summary>
    public MinuteCount Sum(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = default(MinuteCount);
        lock (_gate)
        {
            for (var day = DateOnly.FromDateTime(from.UtcDateTime); day <= DateOnly.FromDateTime(to.UtcDateTime); day = day.AddDays(1))
            {
                if (!_days.TryGetValue(day, out var minutes))
                {
                    continue;
                }

                var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
                var end = Math.Clamp((to - start).TotalMinutes, 0, MinutesADay);
                for (var i = (int)Math.Max((from - start).TotalMinutes, 0); i < end; i++)
                {
                    sum = sum.And(minutes[i]);
                }
            }
        }

        return sum;
    }

    private static int MinuteOf(DateTimeOffset at) => (int)at.UtcDateTime.TimeOfDay.TotalMinutes;

    private MinuteCount[] Day(DateOnly day)
    {
        if (!_days.TryGetValue(day, out var minutes))
        {
            _days[day] = minutes = new MinuteCount[MinutesADay];
            while (_days.Count > Days)
            {
                _days.Remove(_days.Keys.First());
            }
        }

        return minutes;
    }
}
