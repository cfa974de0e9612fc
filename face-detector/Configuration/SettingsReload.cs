using FaceEdge.Capture;
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

    /// <summary>Says that edits are seen at the next start only.</summary>
    /// <param name="reason">What the system said.</param>
    public void CannotWatch(string reason) => LogUnwatched(_log, PlainText.Of(reason));

    public void Dispose() => _watch?.Dispose();

    private void Reload()
    {
        try
        {
            // All of it: a misspelt key would be without effect here as at the start.
            var update = _settings.Configure(ServiceOptions.Read(_configuration).Live);
            PrivacyLog.Write(_log, update, "an edit of the configuration");
        }
        catch (SettingsException exception)
        {
            foreach (var fault in exception.Faults)
            {
                LogFault(_log, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The edited configuration is not taken over: {Fault}")]
    private static partial void LogFault(ILogger log, SettingFault fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "appsettings.json is not watched, edits are taken over at the next start: {Reason}")]
    private static partial void LogUnwatched(ILogger log, string reason);
}
