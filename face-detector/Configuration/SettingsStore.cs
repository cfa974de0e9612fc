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
    public void Configure(LiveSettings configured) => Apply(() => _configured = configured);

    /// <summary>Changes what HTTP laid over the configuration.</summary>
    public LiveSettings Override(Func<SettingsOverride, SettingsOverride> change) => Apply(() => _override = change(_override));

    private LiveSettings Apply(Action change)
    {
        LiveSettings before;
        LiveSettings after;
        lock (_gate)
        {
            before = _current;
            change();
            after = _override.Over(_configured);
            Volatile.Write(ref _current, after);
        }

        if (before != after)
        {
            Changed?.Invoke();
        }

        return after;
    }
}
