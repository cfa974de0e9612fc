using System.Reflection;
using System.Runtime.InteropServices;
using FaceEdge.Configuration;
using FaceEdge.Imaging;
using FaceEdge.Web.Api;

namespace FaceEdge.Web;

/// <summary>What runs here; all but privacy is gathered once.</summary>
internal sealed class ServiceInfo
{
    private readonly SettingsStore _settings;
    private readonly InfoDto _info;

    public ServiceInfo(ServiceOptions options, SettingsStore settings, LoadedModel model, ImagingSelection imaging, TimeProvider time)
    {
        _settings = settings;

        // The SDK appends the commit to the informational version: 1.2.3+4f2c….
        var version = typeof(ServiceInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        _info = new InfoDto(
            "FaceEdge face-detector",
            plus < 0 ? version : version[..plus],
            plus < 0 ? null : version[(plus + 1)..],
            options.Site.Name,
            options.Site.Environment,
            options.Site.Contact,
            options.Page.Key is not null,
            options.Site.Image,
            model.Description is { } description ? ModelDto.From(description) : null,
            model.Note,
            imaging.Backend.Name,
            imaging.Reason,
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            RuntimeInformation.FrameworkDescription,
            time.GetUtcNow(),
            options.Live.Privacy);
    }

    public InfoDto Current => _info with { Privacy = _settings.Current.Privacy };
}
