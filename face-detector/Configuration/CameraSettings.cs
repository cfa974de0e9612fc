using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Configuration;

/// <summary>Reads the cameras: the sections <c>Cameras:&lt;name&gt;</c>, or <c>RTSP_URL</c>, or the demo where neither is set.</summary>
internal static class CameraSettings
{
    /// <summary>The name of the one camera of a service that was given none.</summary>
    public const string DefaultName = "camera";

    /// <summary>The address of that one camera.</summary>
    public const string SingleUrl = "RTSP_URL";

    private const string Section = "Cameras";

    private static readonly SettingRule<TimeSpan> Wait = Seconds(0.1);

    /// <summary>The watchdog looks four times a second, and a host under load takes its time.</summary>
    private static readonly SettingRule<TimeSpan> LongWait = Seconds(1);

    private static readonly SettingRule<RtspTransport> Transport = new("\"tcp\" or \"udp\"", (string text, out RtspTransport value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]));

    private static readonly SettingRule<TimeSpan> WaitOrOff = Seconds(0);

    private static readonly SettingRule<int> Quarters = new("0, 90, 180 or 270 (degrees clockwise)", (string text, out int value) =>
        int.TryParse(text, out value) && value is 0 or 90 or 180 or 270);

    private static readonly SettingRule<CropRegion> Crop = new(
        "x,y,width,height in parts of the turned frame from its top left corner, such as 0.25,0,0.5,1", CropRegion.TryParse);

    private static readonly SettingRule<IReadOnlyList<Polygon>> Masks = new(
        "polygons parted by ;, each of three to 64 points x,y that enclose something, in parts of the frame from its top left corner, such as 0,0 0.5,0 0.5,0.4; 0.8,0 1,0 1,1",
        Polygon.TryParseList);

    private static readonly Lazy<string[]> AllKeys = new(ListKeys);

    /// <summary>Of each camera, as in <c>Url</c>.</summary>
    public static IReadOnlyList<string> Keys => AllKeys.Value;

    public static IReadOnlyList<CameraOptions> Read(IConfiguration configuration, SettingsReader reader)
    {
        var cameras = new List<CameraOptions>();
        if (configuration[SingleUrl] is { Length: > 0 } url)
        {
            cameras.Add(new CameraOptions { Name = DefaultName, Url = ReadUrl(reader, SingleUrl, url) });
        }

        Lone(configuration.GetSection(Section), reader);
        foreach (var under in configuration.GetSection(SingleUrl).GetChildren())
        {
            reader.Fault(under.Path, SecretText.Mark, $"{SingleUrl} has nothing below it; write {Section}:{under.Key}:Url");
        }

        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            if (!SettingRules.CameraName.TryParse(section.Key, out var name))
            {
                reader.Fault($"{Section}:{section.Key}", section.Key, $"a camera's name is {SettingRules.CameraName.Allowed}");
            }
            else if (cameras.Exists(camera => string.Equals(camera.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                reader.Fault($"{Section}:{name}", name, $"{SingleUrl} names this camera too; set one of them");
            }
            else
            {
                cameras.Add(ReadCamera(section, name, reader));
            }
        }

        return cameras.Count > 0 ? cameras : [new CameraOptions { Name = DefaultName }];
    }

    /// <summary>The section itself with a value, as in Cameras=rtsp://…: without a camera's name it says nothing.</summary>
    private static void Lone(IConfigurationSection section, SettingsReader reader)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            reader.Fault(section.Path, SecretText.Mark, $"a camera's name and its setting are missing, as in {Section}:door:Url");
        }
    }

    private static string[] ListKeys()
    {
        var empty = new ConfigurationBuilder().AddInMemoryCollection().Build();
        var reader = new SettingsReader(empty);
        ReadCamera(empty.GetSection($"{Section}:x"), "x", reader);
        return [.. reader.KnownKeys.Select(key => key[(key.LastIndexOf(':') + 1)..])];
    }

    private static CameraOptions ReadCamera(IConfigurationSection section, string name, SettingsReader reader)
    {
        var standard = new CameraOptions();
        var key = $"{Section}:{name}:";
        var options = new CameraOptions
        {
            Name = name,
            Url = ReadUrl(reader, key + "Url", section["Url"] ?? ""),
            ReconnectDelay = reader.Read(key + "ReconnectSeconds", standard.ReconnectDelay, Wait),
            MaxReconnectDelay = reader.Read(key + "MaxReconnectSeconds", standard.MaxReconnectDelay, Wait),
            ConnectTimeout = reader.Read(key + "ConnectTimeoutSeconds", standard.ConnectTimeout, LongWait),
            SilentAfter = reader.Read(key + "SilentAfterSeconds", standard.SilentAfter, LongWait),
            FrozenAfter = reader.Read(key + "FrozenAfterSeconds", standard.FrozenAfter, WaitOrOff),
            MaxFramesPerSecond = reader.Read(key + "MaxFramesPerSecond", standard.MaxFramesPerSecond, SettingRules.Number(0, 240)),
            AllowUntrustedCertificate = reader.Read(key + "AllowUntrustedCertificate", standard.AllowUntrustedCertificate, SettingRules.Switch),
            UseProxy = reader.Read(key + "UseProxy", standard.UseProxy, SettingRules.Switch),
            RtspTransport = reader.Read(key + "RtspTransport", standard.RtspTransport, Transport),
            SnapshotInterval = reader.Read(key + "SnapshotSeconds", standard.SnapshotInterval, Wait),
            Rotate = reader.Read(key + "Rotate", standard.Rotate, Quarters),
            Mirror = reader.Read(key + "Mirror", standard.Mirror, SettingRules.Switch),
            Crop = reader.Read(key + "Crop", standard.Crop, Crop),
            Privacy = reader.Read(key + "Privacy", standard.Privacy, SettingRules.Privacy),
            Masks = reader.Read(key + "Masks", standard.Masks, Masks),
            PictureTime = reader.Read(key + "PictureSeconds", standard.PictureTime, Wait),
        };
        Reconcile(options, section, key, reader);
        reader.Known(key + "Url");
        reader.RefuseUnknown($"{Section}:{name}");
        return options;
    }

    /// <summary>A longest wait below the first is raised where nobody set it, and refused where somebody did.</summary>
    private static void Reconcile(CameraOptions options, IConfigurationSection section, string key, SettingsReader reader)
    {
        if (options.MaxReconnectDelay >= options.ReconnectDelay)
        {
            return;
        }

        if (section["MaxReconnectSeconds"] is { Length: > 0 } set)
        {
            reader.Fault(
                key + "MaxReconnectSeconds", set, FormattableString.Invariant($"allowed is ReconnectSeconds, which is {options.ReconnectDelay.TotalSeconds:0.###}, or more"));
        }

        options.MaxReconnectDelay = options.ReconnectDelay;
    }

    private static string ReadUrl(SettingsReader reader, string key, string text)
    {
        if (CameraUrl.TryParse(text, out var url, out var error))
        {
            if (IsThereOrMayCome(url))
            {
                return text;
            }

            error = "is neither an address nor a file or folder that is there; write the scheme of an address, as in rtsp://host/path or demo:, "
                + "and the whole path of a file that comes later";
        }

        // What was meant as a URL may hold a password even where it cannot be read.
        reader.Fault(key, text.Length == 0 ? "" : SecretText.Mark, error);
        return "demo:";
    }

    /// <summary>A disk may be mounted later than the service starts, and its path says that it is one; a lone word that leads nowhere is a slip.</summary>
    private static bool IsThereOrMayCome(CameraUrl url) =>
        url.Kind != CameraKind.File || url.Secret is ['/' or '.' or '~', ..] || Path.IsPathRooted(url.Secret) || Path.Exists(url.Secret);

    private static SettingRule<TimeSpan> Seconds(double min)
    {
        var number = SettingRules.Number(min, 3600);
        return new SettingRule<TimeSpan>(number.Allowed + " (seconds)", (string text, out TimeSpan value) =>
        {
            var good = number.TryParse(text, out var seconds);
            value = TimeSpan.FromSeconds(seconds);
            return good;
        });
    }
}
