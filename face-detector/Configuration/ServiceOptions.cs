using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Imaging;

namespace FaceEdge.Configuration;

/// <summary>Everything that the configuration says, read and checked once at start.</summary>
/// <param name="Live">What may change while the service runs; its threshold is null where the model's own holds.</param>
/// <param name="Detector">The model and how it runs.</param>
/// <param name="Imaging">Which native library decodes and encodes.</param>
/// <param name="Capture">How video is decoded.</param>
/// <param name="Site">Which site this is.</param>
/// <param name="ApiKey">Asked for by whoever changes something; null lets only this host change anything.</param>
/// <param name="Page">Who may look.</param>
/// <param name="Counts">Counts of people, and what outlives the service.</param>
/// <param name="Http">Who may ask, under which name, and how often.</param>
/// <param name="Stream">How frames go out.</param>
/// <param name="Upload">What pictures are taken in.</param>
/// <param name="Cameras">At least one.</param>
internal sealed record ServiceOptions(
    LiveSettings Live,
    DetectorOptions Detector,
    ImagingOptions Imaging,
    CaptureOptions Capture,
    SiteOptions Site,
    string? ApiKey,
    PageAccessOptions Page,
    CountsOptions Counts,
    HttpAccessOptions Http,
    StreamOptions Stream,
    UploadOptions Upload,
    IReadOnlyList<CameraOptions> Cameras)
{
    private static readonly SettingRule<ImagingChoice> Backend = new(
        "\"auto\", \"opencv\" or \"portable\"",
        (string text, out ImagingChoice value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value));

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="SettingsException">Something is not allowed; all faults are in it.</exception>
    public static ServiceOptions Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var options = new ServiceOptions(
            LiveSettings.Read(reader),
            DetectorOptions.Read(reader),
            new ImagingOptions { Backend = reader.Read("Imaging:Backend", ImagingChoice.Auto, Backend) },
            CaptureOptions.Read(reader),
            SiteOptions.Read(reader),
            reader.Read("Api:Key", (string?)null, SettingRules.Key!),
            PageAccessOptions.Read(reader),
            CountsOptions.Read(reader),
            HttpAccessOptions.Read(reader),
            StreamOptions.Read(reader),
            UploadOptions.Read(reader),
            CameraSettings.Read(configuration, reader));
        foreach (var section in KnownSections.Own)
        {
            reader.RefuseUnknown(section);
        }

        if (options.ApiKey is { } key && key == options.Page.Key)
        {
            reader.Fault("Page:Key", SecretText.Mark, "is Api:Key as well, and whoever looks could change settings: allowed is another key");
        }

        ListenAddresses.Check(configuration, reader);
        KestrelSettings.Check(configuration, reader);
        KnownSections.Check(configuration, reader);
        return reader.Faults.Count == 0 ? options : throw new SettingsException(reader.Faults);
    }
}
