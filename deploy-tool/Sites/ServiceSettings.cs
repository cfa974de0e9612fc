using System.Drawing;
using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Sites;

/// <summary>The settings that face-detector takes from its environment, and the values it allows (docs/sites.md lists them).</summary>
internal static partial class ServiceSettings
{
    public const string Colour = "a colour such as #ffc0cb, #fcb or a CSS colour name such as pink";
    private const string Line = "one line of 1 to 80 characters";

    private static readonly SortedDictionary<string, (string Allowed, Predicate<string> IsAllowed)> Known = new(StringComparer.Ordinal)
    {
        ["Capture__HardwareDecode"] = (
            "none, auto, vaapi, v4l2m2m, drm, qsv or cuda", value => value is "none" or "auto" or "vaapi" or "v4l2m2m" or "drm" or "qsv" or "cuda"),
        ["Capture__Idle"] = ("all or keyframes", value => value is "all" or "keyframes"),
        ["Counts__Path"] = ("the path of a folder in the container", value => value.StartsWith('/') && value.Length <= 1024 && !value.Any(char.IsControl)),
        ["Counts__TimeZone"] = ("a time zone such as Europe/Berlin", value => TimeZoneInfo.TryFindSystemTimeZoneById(value, out _)),
        ["Detector__InputSide"] = ("a multiple of 32 from 64 to 1920", value => IsWhole(value, 64, 1920) && int.Parse(value, CultureInfo.InvariantCulture) % 32 == 0),
        ["Detector__MaxFramesPerSecond"] = ("a whole number from 0 to 240", value => IsWhole(value, 0, 240)),
        ["Detector__Mode"] = ("face or eyes", value => value is "face" or "eyes"),
        ["Detector__Model"] = ("the name of a model", IsLine),
        ["Detector__Optimisation"] = ("none, basic, extended or all", value => value is "none" or "basic" or "extended" or "all"),
        ["Detector__Spinning"] = ("true or false", value => value is "true" or "false"),
        ["Detector__Threads"] = ("a whole number from 1 to 64", value => IsWhole(value, 1, 64)),
        ["Detector__Threshold"] = ("a number from 0.05 to 0.99", value => IsNumber(value, 0.05, 0.99)),
        ["Detector__Tracking"] = ("true or false", value => value is "true" or "false"),
        ["Http__AllowedHosts"] = ("host names such as faces.example.com or *.example.com, or *", value => IsList(value, HostName())),
        ["Http__ChangesPerMinute"] = ("a whole number from 1 to 100000", value => IsWhole(value, 1, 100_000)),
        ["Http__FrameAncestors"] = ("origins such as https://dashboard.example.com, or *", value => IsList(value, Origin())),
        ["Http__KeyTriesPerMinute"] = ("a whole number from 1 to 1000", value => IsWhole(value, 1, 1000)),
        ["Http__UploadsPerMinute"] = ("a whole number from 1 to 100000", value => IsWhole(value, 1, 100_000)),
        ["Imaging__Backend"] = ("auto, opencv or portable", value => value is "auto" or "opencv" or "portable"),
        ["Page__Background"] = (Colour, IsColour),
        ["Page__Title"] = (Line, IsLine),
        ["Privacy__Mode"] = ("none, blur or boxes", value => value is "none" or "blur" or "boxes"),
        ["Site__Contact"] = (Line, IsLine),
        ["Site__Environment"] = (Line, IsLine),
        ["Site__Name"] = (Line, IsLine),
        ["Stream__JpegQuality"] = ("a whole number from 20 to 100", value => IsWhole(value, 20, 100)),
        ["Stream__MaxViewers"] = ("a whole number from 1 to 10000", value => IsWhole(value, 1, 10_000)),
        ["Stream__WriteTimeoutSeconds"] = ("a whole number from 1 to 300", value => IsWhole(value, 1, 300)),
        ["Upload__BodySeconds"] = ("a whole number from 1 to 600", value => IsWhole(value, 1, 600)),
        ["Upload__Concurrency"] = ("a whole number from 1 to 64", value => IsWhole(value, 1, 64)),
        ["Upload__MaxBytes"] = ("a whole number from 1024 to 268435456", value => IsWhole(value, 1024, 256 * 1024 * 1024)),
        ["Upload__MaxPixels"] = ("a whole number from 4096 to 500000000", value => IsWhole(value, 4096, 500_000_000)),
        ["Upload__MaxSide"] = ("a whole number from 64 to 65500", value => IsWhole(value, 64, 65_500)),
    };

    /// <summary>The keys of one camera, below <c>Cameras__name__</c>.</summary>
    private static readonly SortedDictionary<string, (string Allowed, Predicate<string> IsAllowed)> OfCamera = new(StringComparer.Ordinal)
    {
        ["AllowUntrustedCertificate"] = ("true or false", value => value is "true" or "false"),
        ["ConnectTimeoutSeconds"] = ("a number from 1 to 3600", value => IsNumber(value, 1, 3600)),
        ["FrozenAfterSeconds"] = ("a number from 0 to 3600", value => IsNumber(value, 0, 3600)),
        ["MaxFramesPerSecond"] = ("a number from 0 to 240", value => IsNumber(value, 0, 240)),
        ["MaxReconnectSeconds"] = ("a number from 0.1 to 3600", value => IsNumber(value, 0.1, 3600)),
        ["PictureSeconds"] = ("a number from 0.1 to 3600", value => IsNumber(value, 0.1, 3600)),
        ["ReconnectSeconds"] = ("a number from 0.1 to 3600", value => IsNumber(value, 0.1, 3600)),
        ["RtspTransport"] = ("tcp or udp", value => value is "tcp" or "udp"),
        ["SilentAfterSeconds"] = ("a number from 1 to 3600", value => IsNumber(value, 1, 3600)),
        ["SnapshotSeconds"] = ("a number from 0.1 to 3600", value => IsNumber(value, 0.1, 3600)),
        ["Url"] = ("an address without a user or a password: one with them is a Secret that is made at the site", value => !Credentials().IsMatch(value)),
        ["UseProxy"] = ("true or false", value => value is "true" or "false"),
    };

    /// <summary>What the service takes from Secrets alone.</summary>
    private static readonly string[] Secrets = ["Api__Key", "Page__Key", "RTSP_URL"];

    public static IReadOnlyCollection<string> Keys => Known.Keys;

    /// <summary>What is wrong with a setting, in one line; null when nothing is. An empty value leaves the setting to the image.</summary>
    public static string? Check(string key, string value)
    {
        if (key.Split("__") is ["Cameras", var camera, var ofCamera])
        {
            return !CameraName().IsMatch(camera)
                ? $"'{key}': a camera's name is letters, digits, '-' and '_', at most 32 of them"
                : Check(OfCamera, key, ofCamera, value, $"{string.Join(", ", OfCamera.Keys)} of a camera", $"Cameras__{camera}__");
        }

        return Check(Known, key, key, value, $"{string.Join(", ", Known.Keys)} and Cameras__<name>__Url", "");
    }

    private static string? Check(
        SortedDictionary<string, (string Allowed, Predicate<string> IsAllowed)> settings, string key, string name, string value, string known, string section)
    {
        if (!settings.TryGetValue(name, out var setting))
        {
            if (Array.Exists(Secrets, one => Plain(one) == Plain(key)))
            {
                return $"'{key}' is a secret, which is made at the site and stands in no file";
            }

            return (settings.Keys.FirstOrDefault(one => Plain(one) == Plain(name)) ?? Suggestion.Nearest(name, settings.Keys)) is { } meant
                ? $"'{key}' is not a setting of the service; did you mean {section}{meant}?"
                : $"'{key}' is not a setting of the service; known are {known}";
        }

        return value.Length == 0 || setting.IsAllowed(value) ? null : $"{key} = '{(name == "Url" ? "***" : value)}': allowed is {setting.Allowed}";
    }

    /// <summary>What a setting allows, where it does not allow a value; null where it does, or is not known.</summary>
    public static string? Allowed(string key, string value) =>
        value.Length == 0 || !Known.TryGetValue(key, out var setting) || setting.IsAllowed(value) ? null : setting.Allowed;

    /// <summary>A key without what people write otherwise: case, <c>:</c> or <c>.</c> or one <c>_</c> between section and name.</summary>
    private static string Plain(string key) => string.Concat(key.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static bool IsLine(string value) => value.Length is >= 1 and <= 80 && !value.Any(char.IsControl);

    private static bool IsList(string value, Regex item)
    {
        var items = value.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return items.Length is >= 1 and <= 32 && Array.TrueForAll(items, name => name == "*" || item.IsMatch(name));
    }

    public static bool IsColour(string value) => value is ['#', .. var digits]
        ? digits.Length is 3 or 6 && digits.All(char.IsAsciiHexDigit)
        : Color.FromName(value) is { IsKnownColor: true, IsSystemColor: false, A: 255 };

    private static bool IsWhole(string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum;

    private static bool IsNumber(string value, double minimum, double maximum) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum;

    /// <summary>User information before a host, or a parameter that names a user or a secret.</summary>
    [GeneratedRegex("@|%40|(?:user|usr|login|pass|pwd|psw|auth|token|key|secret|cred)[a-z0-9_.-]*=", RegexOptions.IgnoreCase)]
    private static partial Regex Credentials();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex CameraName();

    [GeneratedRegex(@"^(\*\.)?[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,10}$")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^https?://(\[[0-9A-Fa-f:]{2,45}\]|(\*\.)?[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,10})(:[0-9]{1,5})?$")]
    private static partial Regex Origin();
}
