namespace FaceEdge.Deploy.Gates;

/// <summary>Writes durations as the policy file does: 3d4h, 12m.</summary>
internal static class DurationFormat
{
    /// <summary>The two largest units.</summary>
    public static string Text(TimeSpan span)
    {
        var sign = span < TimeSpan.Zero ? "-" : "";
        var length = span.Duration();
        return sign + length switch
        {
            { Days: > 0 } => length.Hours > 0 ? $"{length.Days}d{length.Hours}h" : $"{length.Days}d",
            { Hours: > 0 } => length.Minutes > 0 ? $"{length.Hours}h{length.Minutes}m" : $"{length.Hours}h",
            { Minutes: > 0 } => length.Seconds > 0 ? $"{length.Minutes}m{length.Seconds}s" : $"{length.Minutes}m",
            _ => $"{length.Seconds}s",
        };
    }
}
