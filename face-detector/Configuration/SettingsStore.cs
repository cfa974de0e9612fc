namespace FaceEdge.Configuration;

/// <summary>
/// The settings in force: the configuration with what was changed over HTTP laid on top. Changes live in memory only: what a site
/// should show after a restart is written in its manifest, and two sources of lasting truth would drift apart.
/// </summary>
internal sealed class SettingsStore
{
    private readonly Lock _gate = new();
    private LiveSettings _configured;
    private SettingsOverride _override = SettingsOverride.None;
    private LiveSettings _current;

    public SettingsStore(LiveSettings configured)
    {
        _configured = configured;
        _current = configured;
    }

    /// <summary>Raised after each change, on the thread that made it.</summary>
    public event Action? Changed;

    public LiveSettings Current => Volatile.Read(ref _current);

    /// <summary>Takes a new configuration, as when appsettings.json was edited; what was changed over HTTP stays on top.</summary>
    public SettingsUpdate Configure(LiveSettings configured) => Apply((_, laidOver) => (configured, laidOver), mayLoosen: true);

    /// <summary>Changes what HTTP laid over the configuration, unless that would show more of people than before and may not.</summary>
    /// <param name="change">To make.</param>
    /// <param name="mayLoosen">Whether less may be hidden afterwards.</param>
    public SettingsUpdate Override(Func<SettingsOverride, SettingsOverride> change, bool mayLoosen) =>
        Apply((configured, laidOver) => (configured, change(laidOver)), mayLoosen);

    private SettingsUpdate Apply(Func<LiveSettings, SettingsOverride, (LiveSettings Configured, SettingsOverride LaidOver)> change, bool mayLoosen)
    {
        SettingsUpdate update;
        lock (_gate)
        {
            var (configured, laidOver) = change(_configured, _override);
            update = new SettingsUpdate(_current, laidOver.Over(configured));
            if (update.LoosensPrivacy && !mayLoosen)
            {
                return update with { After = _current };
            }

            (_configured, _override) = (configured, laidOver);
            Volatile.Write(ref _current, update.After);
        }

        if (update.Before != update.After)
        {
            Changed?.Invoke();
        }

        return update with { IsTaken = true };
    }
}
