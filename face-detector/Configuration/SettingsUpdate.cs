namespace FaceEdge.Configuration;

/// <summary>What became of a change of settings.</summary>
/// <param name="Before">The settings until then.</param>
/// <param name="After">The settings in force now.</param>
/// <param name="IsTaken">False when it would have loosened privacy and might not.</param>
internal readonly record struct SettingsUpdate(LiveSettings Before, LiveSettings After, bool IsTaken = false)
{
    /// <summary>More is shown of people than before.</summary>
    public bool LoosensPrivacy => After.Privacy < Before.Privacy;
}
