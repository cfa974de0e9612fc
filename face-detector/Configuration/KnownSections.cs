using FaceEdge.Contracts;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace FaceEdge.Configuration;

/// <summary>
/// The one list of what stands at the top of the configuration. A misspelt section is otherwise silently without effect, and a setting that protects must
/// not fail to by a typing error.
/// </summary>
/// <remarks>
/// Files and arguments are this service's own: what is unknown there is a fault. The environment holds everything that runs beside, so that only what
/// looks like a misspelt setting of this service is one.
/// </remarks>
internal static class KnownSections
{
    /// <summary>Sections whose keys <see cref="ServiceOptions"/> reads; a key in them that nothing has read is a fault.</summary>
    public static readonly string[] Own = ["Detector", "Page", "Site", "Api", "Http", "Stream", "Upload", "Imaging", "Capture", "Privacy", "Counts"];

    /// <summary>Sections that are read by others: the cameras' reader, and ASP.NET Core.</summary>
    private static readonly string[] Others = ["Cameras", "Logging", "Kestrel"];

    /// <summary>Single keys of this service and of ASP.NET Core's host (WebHostDefaults, HostDefaults), and what an editor puts into a JSON file.</summary>
    private static readonly string[] SingleKeys =
    [
        CameraSettings.SingleUrl, "urls", "http_ports", "https_ports", "https_port", "environment", "applicationName", "contentRoot", "webRoot", "AllowedHosts",
        "hostBuilder", "shutdownTimeoutSeconds", "startupAssembly", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preventHostingStartup",
        "preferHostingUrls", "detailedErrors", "captureStartupErrors", "suppressStatusMessages", "forwardedHeaders_enabled", "$schema",
    ];

    /// <summary>
    /// Names in capitals that other programs read too, and that mean nothing here: what they would set shows a text, or protects where it is absent.
    /// </summary>
    private static readonly string[] Foreign = ["APIKEY", "SITENAME", "SITEIMAGE", "SITEENVIRONMENT", "PAGETITLE"];

    /// <summary>What people put before a setting as if it were asked for; the service's own variables (FACEEDGE_MODEL_CACHE) name no setting behind it.</summary>
    private static readonly string[] Prefixes = ["FACEEDGE_", "FACE_DETECTOR_", "FACEDETECTOR_"];

    /// <summary>OpenTelemetry's own variables; it says itself which it knows.</summary>
    private const string OpenTelemetry = "OTEL_";

    private static readonly string[] Sections = [.. Own, .. Others];

    /// <summary>Signs that stand between section and key, or are taken to.</summary>
    private static readonly char[] Signs = ['_', '.', '-', ':'];

    /// <summary>Faults what is unknown. Call when everything is read.</summary>
    public static void Check(IConfiguration configuration, SettingsReader reader)
    {
        var providers = (configuration as IConfigurationRoot)?.Providers ?? [];

        // The arguments are a source of the host's configuration and of the application's.
        foreach (var name in providers.SelectMany(provider => Faulty(provider, reader)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Fault(name, reader);
        }
    }

    private static string[] Faulty(IConfigurationProvider provider, SettingsReader reader) =>
    [
        .. TopLevel(provider).Where(name =>
            provider is EnvironmentVariablesConfigurationProvider ? Misspelt(name, provider, reader) : Unknown(name)),
    ];

    private static IEnumerable<string> TopLevel(IConfigurationProvider provider) =>
        provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase);

    private static bool Unknown(string name) =>
        !Holds(Sections, name) && !Holds(SingleKeys, name) && !name.StartsWith(OpenTelemetry, StringComparison.Ordinal);

    /// <summary>A section (it has keys below) whose name is almost a known one, or a setting with other signs where two underscores belong.</summary>
    private static bool Misspelt(string name, IConfigurationProvider provider, SettingsReader reader)
    {
        if (Holds(Sections, name) || Holds(SingleKeys, name))
        {
            return false;
        }

        if (IsPrefixed(name))
        {
            return true;
        }

        return provider.GetChildKeys([], name).Any()
            ? Nearest(name) is not null
            : IsAlmostSingleUrl(name) || (!Foreign.Contains(Letters(name), StringComparer.Ordinal) && Setting(name, reader) is not null);
    }

    private static void Fault(string name, SettingsReader reader)
    {
        if (Setting(name, reader) is { } setting)
        {
            reader.Fault(name, SecretText.Mark, $"no such setting; write {setting}, in the environment {setting.Replace(":", "__", StringComparison.Ordinal)}");
            return;
        }

        if (IsPrefixed(name))
        {
            reader.Fault(name, SecretText.Mark, $"no such section; settings have no prefix: write {Unprefixed(name)}");
            return;
        }

        var meant = (IsAlmostSingleUrl(name) ? CameraSettings.SingleUrl : Nearest(name)) is { } near ? $"is {near} meant? " : "";
        reader.Fault(name, SecretText.Mark, $"no such section; {meant}There are {string.Join(", ", Sections)}, and {CameraSettings.SingleUrl}");
    }

    /// <summary>The setting that has the same letters, as for Detector_Mode, detector-mode, DETECTORMODE and Cameras_door_Masks; null when there is none.</summary>
    private static string? Setting(string name, SettingsReader reader)
    {
        name = Unprefixed(name) ?? name;
        if (name.Split(Signs, StringSplitOptions.RemoveEmptyEntries) is [var section, .. { Length: > 0 } camera, var last]
            && section.Equals("Cameras", StringComparison.OrdinalIgnoreCase)
            && CameraSettings.Keys.FirstOrDefault(key => key.Equals(last, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return $"Cameras:{string.Join('_', camera)}:{known}";
        }

        var letters = Letters(name);
        return reader.KnownKeys.FirstOrDefault(key => Letters(key).Equals(letters, StringComparison.OrdinalIgnoreCase));
    }

    private static string Letters(string name) => string.Concat(name.Split(Signs));

    private static bool IsPrefixed(string name) =>
        Unprefixed(name) is { } rest && (Holds(Sections, rest) || rest.Equals(CameraSettings.SingleUrl, StringComparison.OrdinalIgnoreCase));

    private static string? Unprefixed(string name) =>
        Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } prefix ? name[prefix.Length..] : null;

    /// <summary>The known section that a name differs from by a letter or two; null when it is another word.</summary>
    private static string? Nearest(string name) =>
        Sections.FirstOrDefault(section => !section.Equals(name, StringComparison.OrdinalIgnoreCase) && Suggestion.Edits(section, name) <= Tolerance(section));

    private static bool IsAlmostSingleUrl(string name) => Suggestion.Edits(CameraSettings.SingleUrl, name) == 1;

    /// <summary>In a word of three letters one other letter makes another word.</summary>
    private static int Tolerance(string section) => section.Length switch
    {
        < 4 => 0,
        < 6 => 1,
        _ => 2,
    };

    private static bool Holds(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
