using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>Leaves a trace of each change of what frames show of people.</summary>
internal static partial class PrivacyLog
{
    /// <param name="log">Told where privacy is another than before.</param>
    /// <param name="update">Made.</param>
    /// <param name="by">Whoever or whatever made it.</param>
    public static void Write(ILogger log, SettingsUpdate update, string by)
    {
        if (update.LoosensPrivacy)
        {
            Loosened(log, update.Before.Privacy, update.After.Privacy, by);
        }
        else if (update.After.Privacy != update.Before.Privacy)
        {
            Tightened(log, update.Before.Privacy, update.After.Privacy, by);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Privacy is loosened from {Before} to {After} by {By}")]
    private static partial void Loosened(ILogger log, PrivacyMode before, PrivacyMode after, string by);

    [LoggerMessage(Level = LogLevel.Information, Message = "Privacy is tightened from {Before} to {After} by {By}")]
    private static partial void Tightened(ILogger log, PrivacyMode before, PrivacyMode after, string by);
}
