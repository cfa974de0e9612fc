using System.Reflection;
using System.Runtime.InteropServices;
using FaceEdge.Configuration;
using FaceEdge.Imaging;
using FaceEdge.Web.Api;

namespace FaceEdge.Web;

/// <summary>What runs here; gathered once.</summary>
internal sealed class ServiceInfo
{
    public ServiceInfo(ServiceOptions options, LoadedModel model, ImagingSelection imaging, TimeProvider time)
    {
        // The SDK appends the commit to the informational version: 1.2.3+4f2c….
        var version = typeof(ServiceInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        Current = new InfoDto(
            "FaceEdge face-detector",
            plus < 0 ? version : version[..plus],
            plus < 0 ? null : version[(plus + 1)..],
            options.Site.Name,
            options.Site.Environment,
            options.Site.Contact,
            options.Site.Image,
            model.Description is { } description ? ModelDto.From(description) : null,
            model.Note,
            imaging.Backend.Name,
            imaging.Reason,
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            RuntimeInformation.FrameworkDescription,
            time.GetUtcNow());
    }

    public InfoDto Current { get; }
}
