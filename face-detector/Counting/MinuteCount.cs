namespace FaceEdge.Counting;

/// <summary>What a camera saw in one minute, or in several.</summary>
/// <param name="Passed">People who came into view.</param>
/// <param name="MostInView">At a time.</param>
/// <param name="PersonSeconds">The sum of the times that everybody was in view.</param>
/// <param name="WatchedSeconds">For how long frames were searched; what lies between is not known.</param>
internal readonly record struct MinuteCount(int Passed, int MostInView, float PersonSeconds, float WatchedSeconds)
{
    /// <summary>People in view, on average over the time watched; null where none was.</summary>
    public double? MeanInView => WatchedSeconds > 0 ? PersonSeconds / WatchedSeconds : null;

    public bool IsEmpty => this == default;

    /// <summary>Of the same minute as another service saw it, which watched the same camera: each saw what the other saw, or less.</summary>
    public MinuteCount Or(in MinuteCount other)
    {
        var longer = (WatchedSeconds, PersonSeconds).CompareTo((other.WatchedSeconds, other.PersonSeconds)) >= 0 ? this : other;
        return new MinuteCount(Math.Max(Passed, other.Passed), Math.Max(MostInView, other.MostInView), longer.PersonSeconds, longer.WatchedSeconds);
    }

    /// <summary>Of a time that comes after.</summary>
    public MinuteCount And(in MinuteCount next) => new(
        Passed + next.Passed, Math.Max(MostInView, next.MostInView), PersonSeconds + next.PersonSeconds, WatchedSeconds + next.WatchedSeconds);
}
