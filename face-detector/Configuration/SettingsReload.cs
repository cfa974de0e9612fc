using Microsoft.Extensions.Primitives;

namespace FaceEdge.Configuration;

/// <summary>Takes over live settings when appsettings.json is edited while the service runs; a fault leaves everything as it was.</summary>
internal sealed partial class SettingsReload : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly SettingsStore _settings;
    private readonly ILogger _log;
    private IDisposable? _watch;

    public SettingsReload(IConfiguration configuration, SettingsStore settings, ILogger<SettingsReload> log)
    {
        _configuration = configuration;
        _settings = settings;
        _log = log;
    }

    public void Watch() => _watch = ChangeToken.OnChange(_configuration.GetReloadToken, Reload);

    public void Dispose() => _watch?.Dispose();

    private void Reload()
    {
        var reader = new SettingsReader(_configuration);
        var settings = LiveSettings.Read(reader);
        if (reader.Faults.Count == 0)
        {
            _settings.Configure(settings);
            return;
        }

        foreach (var fault in reader.Faults)
        {
            LogFault(_log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The edited configuration is not taken over: {Fault}")]
    private static partial void LogFault(ILogger log, SettingFault fault);
}
