using System.Text;
using FaceEdge.Capture;
using FaceEdge.Contracts;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// A camera's address as people paste it, with the input as its password. Either the address is refused, or the password is shown nowhere: not
/// in the address for eyes, not in a fault, and not in what a library says of it.
/// </summary>
internal sealed class CameraUrlTarget : FuzzTarget
{
    /// <summary>Where the password stands, and what may be seen of the address.</summary>
    private static readonly (string Before, string After, string Shown)[] Places =
    [
        ("rtsp://admin:", "@192.168.1.64:554/live", "rtsp://***@192.168.1.64:554/live"),
        ("http://admin:", "@camera/live", "http://***@camera/live"),
        ("rtsp://", "@[fe80::1]/live", "rtsp://***@[fe80::1]/live"),
        ("https://user:", "@cam.example/x?size=2", "https://***@cam.example/x?size=2"),
        ("http:admin:", "@camera/live", "refused"),
        (@"rtsp:\/admin:", "@10.0.0.7/live", "refused"),
        ("\"rtsp://admin:", "@192.168.1.64:554/live\"", "rtsp://***@192.168.1.64:554/live"),
        ("\u200brtsp://admin:", "@192.168.1.64:554/live\ufeff", "rtsp://***@192.168.1.64:554/live"),
        ("RTSP_URL=rtsp://admin:", "@10.0.0.7/live", "refused"),
        ("//admin:", "@10.0.0.7/live", "refused"),
        ("admin:", "@10.0.0.7/live", "refused"),
        ("/media/admin:", "@10.0.0.7/film.mp4", "***@10.0.0.7/film.mp4"),
    ];

    public override string Name => "camera-url";

    public override int MaxLength => 96;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "@", ":", "/", "?", "#", "%40", "%2f", "%", "%00", "&pwd=", "user=", "\\", " ", "[", "]", "://", "rtsp://", "demo:?faces=", "file:///", "é", "12", "a.b", "localhost", "@10.0.0.7/", "..", "\"", "'", "\u200b", "\ufeff", "＠", "：", "RTSP_URL=", "password=");

    public override IEnumerable<byte[]> Seeds() => AsBytes("s3cret-word", "p@ss/w0rd", "12?34", "x#1@b.c/d", "100%sure", "rtsp://u:p@10.0.0.7/x?pwd=abc", "demo:?size=320x240&faces=2", "\u00e9\u00e8@:");

    public override void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        FreeText(text);
        foreach (var place in Places)
        {
            Password(place, text);
        }

        Parameter(text);
    }

    private static void FreeText(string text)
    {
        if (CameraUrl.TryParse(text, out var url, out var error))
        {
            Require(url.ToString() == url.Shown && url.Mask(url.Shown).Length > 0, "an address that can be shown");
            Require(!url.HasCredentials || url.Shown.Contains(SecretText.Mark, StringComparison.Ordinal), "credentials that are masked");
        }
        else
        {
            Require(error.Length is > 0 and < 1000, "a refusal with a reason");
        }
    }

    private static void Password((string Before, string After, string Shown) place, string password)
    {
        if (password.Trim().Length == 0)
        {
            return;
        }

        var text = place.Before + password + place.After;
        if (!CameraUrl.TryParse(text, out var url, out var error))
        {
            Require(!Tells(error, password, place.Before + place.After), $"no part of the password in the refusal \"{error}\"");
            return;
        }

        Require(url.Shown == place.Shown, $"the password masked in \"{text}\": shown is \"{url.Shown}\"");
        Require(!url.Mask($"cannot open {url.Secret}: 401").Contains(url.Secret, StringComparison.Ordinal), $"the password masked in what a library says of \"{text}\"");
    }

    private static void Parameter(string value)
    {
        if (value.Length == 0 || value.AsSpan().ContainsAny("&@") || value.EndsWith(' '))
        {
            return;
        }

        if (CameraUrl.TryParse($"http://cam.example/x?user=bob&pwd={value}&size=2", out var url, out _))
        {
            Require(url.Shown == "http://cam.example/x?user=***&pwd=***&size=2", $"the parameter masked: shown is \"{url.Shown}\"");
        }
    }

    /// <summary>Whether a text holds four letters of the password that are not the rest of the address's own or a message's.</summary>
    private static bool Tells(string message, string password, string rest)
    {
        const int Telling = 6;
        for (var i = 0; i + Telling <= password.Length; i++)
        {
            var part = password.Substring(i, Telling);
            if (message.Contains(part, StringComparison.Ordinal) && !rest.Contains(part, StringComparison.Ordinal) && !Harmless.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A refusal of an empty address: the words that every refusal may hold.</summary>
    private static string Harmless { get; } = string.Join(' ', new[] { "", "x\n", "gopher:x", "rtsp://", "http://", "https://", "rtsp://a@b@/", "http://a/@" }.Select(Refusal));

    private static string Refusal(string text) => CameraUrl.TryParse(text, out _, out var error) ? "" : error;
}
