using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;
using FaceEdge.Demo;

namespace FaceEdge.Capture;

/// <summary>
/// Where a camera is. Anything that prints it (a log, a page, an exception) gets <see cref="ToString"/>, which never shows credentials;
/// only a source that connects asks for <see cref="Secret"/>.
/// </summary>
internal sealed partial class CameraUrl : IEquatable<CameraUrl>
{
    private const string Allowed =
        "allowed are rtsp://, rtsps://, http://, https://, a path to a video, a picture or a folder of pictures, /dev/videoN, browser: and demo:";

    private readonly string[] _secrets;

    private CameraUrl(CameraKind kind, string secret, string shown, string[] secrets)
    {
        Kind = kind;
        Secret = secret;
        Shown = shown;
        _secrets = secrets;
    }

    public CameraKind Kind { get; }

    /// <summary>The URL to connect to, credentials and all, user and password percent-encoded; for a file the path.</summary>
    public string Secret { get; }

    /// <summary>The URL with every credential masked.</summary>
    public string Shown { get; }

    /// <summary>Whether a user is named.</summary>
    public bool HasCredentials => Kind is CameraKind.Rtsp or CameraKind.Http && new Uri(Secret).UserInfo.Length > 0;

    /// <summary>Parses what <c>Cameras:&lt;name&gt;:Url</c> or <c>RTSP_URL</c> says.</summary>
    /// <exception cref="FormatException">Not the address of a camera; the message says what is allowed and shows no credentials.</exception>
    public static CameraUrl Parse(string text) =>
        TryParse(text, out var url, out var error) ? url : throw new FormatException(error);

    /// <summary>
    /// As above. Quotes around the text and invisible characters are taken off first. What then looks like an address is one or is refused; what is taken
    /// for a path is masked by the same rule, because it may be an address that was not recognised.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CameraUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        error = null;
        text = SecretText.Strip(text ?? "");
        if (text.Length == 0)
        {
            error = $"is empty; {Allowed}";
            return false;
        }

        if (text.Any(char.IsControl))
        {
            error = $"holds a control character; {Allowed}";
            return false;
        }

        if (SchemeOf(text) is null && SecretText.MeansAddress(text))
        {
            text = SecretText.WithoutInvisible(text);
        }

        url = SchemeOf(text) switch
        {
            "rtsp" => Network(CameraKind.Rtsp, "rtsp", text, out error),
            "rtsps" => Network(CameraKind.Rtsp, "rtsps", text, out error),
            "http" => Network(CameraKind.Http, "http", text, out error),
            "https" => Network(CameraKind.Http, "https", text, out error),
            "file" => Local(text, out error),
            "browser" => Visitor(text, out error),
            "demo" => Drawn(text, out error),
            { } scheme => Unknown(scheme, text, out error),
            null when SecretText.MeansAddress(text) => NoScheme(out error),
            null => OfPath(text),
        };
        return url is not null;
    }

    /// <summary>Takes this camera's credentials, and the user part of any URL, out of a text from elsewhere, such as a library's error.</summary>
    public string Mask(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, SecretText.Mark, StringComparison.OrdinalIgnoreCase);
        }

        return SecretText.MaskUrls(text);
    }

    public override string ToString() => Shown;

    public bool Equals(CameraUrl? other) => other is not null && Secret == other.Secret;

    public override bool Equals(object? obj) => Equals(obj as CameraUrl);

    public override int GetHashCode() => Secret.GetHashCode(StringComparison.Ordinal);

    private static string? SchemeOf(string text)
    {
        var match = Scheme().Match(text);
        return match.Success ? match.Groups[1].Value.ToLowerInvariant() : null;
    }

    private static CameraUrl OfPath(string text)
    {
        var secrets = new List<string>();
        var shown = SecretText.Mask(text, part => AddSecret(secrets, part));
        var kind = text.StartsWith("/dev/video", StringComparison.Ordinal) ? CameraKind.Device : CameraKind.File;
        return new CameraUrl(kind, text, shown, LongestFirst(secrets));
    }

    private static CameraUrl? NoScheme(out string? error)
    {
        error = $"means an address, but does not begin with its scheme: write the address alone; {Allowed}";
        return null;
    }

    private static CameraUrl? Visitor(string text, out string? error)
    {
        error = text.Equals("browser:", StringComparison.OrdinalIgnoreCase) ? null : $"has something after browser:, which stands alone; {Allowed}";
        return error is null ? new CameraUrl(CameraKind.Browser, text, text, []) : null;
    }

    private static CameraUrl? Drawn(string text, out string? error)
    {
        error = DemoUrl.FaultOf(text) is { } fault ? $"is not valid: {fault}" : null;
        return error is null ? new CameraUrl(CameraKind.Demo, text, text, []) : null;
    }

    /// <summary>The scheme is named only where it can be nothing else: in user:password it is the user.</summary>
    private static CameraUrl? Unknown(string scheme, string text, out string? error)
    {
        error = text.AsSpan(scheme.Length).StartsWith("://")
            ? $"has the scheme {scheme}:, which is not known; {Allowed}"
            : $"has a scheme that is not known; {Allowed}";
        return null;
    }

    private static CameraUrl? Local(string text, out string? error)
    {
        error = null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { IsFile: true, IsUnc: false })
        {
            return OfPath(uri.LocalPath);
        }

        error = "is not a file URL; write file:///path or the path alone";
        return null;
    }

    /// <summary>Passwords are pasted in as they are, with @, / and # in them.</summary>
    private static CameraUrl? Network(CameraKind kind, string scheme, string text, out string? error)
    {
        error = null;

        // Nothing but these two slashes: the URI parser would take rtsp:\/user:password@host too, where the password is looked for elsewhere.
        var rest = text.AsSpan(scheme.Length).StartsWith("://") ? text[(scheme.Length + 3)..] : "";
        var at = EndOfUserInfo(rest);
        var userInfo = at < 0 ? "" : rest[..at];
        var address = rest[(at + 1)..];
        if (!Uri.TryCreate($"{scheme}://{address}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            error = $"has no host that can be read; write {scheme}://[user:password@]host[:port]/path";
            return null;
        }

        if (address.Contains('@', StringComparison.Ordinal))
        {
            // Where the password ends cannot be told for sure, and a part of it must never be taken for the address.
            error = $"holds an @ that may belong to the password or to the path; write {scheme}://[user:password@]host[:port]/path with %40 for an @ in the path, "
                + "%2F for a / and %3F for a ? in the password";
            return null;
        }

        var secrets = new List<string>();
        var shownAddress = MaskAddress(address, uri, secrets);
        if (userInfo.Length == 0)
        {
            return new CameraUrl(kind, $"{scheme}://{address}", $"{scheme}://{shownAddress}", LongestFirst(secrets));
        }

        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Escape(colon < 0 ? userInfo : userInfo[..colon]);
        var password = colon < 0 ? null : Escape(userInfo[(colon + 1)..]);
        AddSecret(secrets, userInfo);
        AddSecret(secrets, Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));
        if (password is not null)
        {
            AddSecret(secrets, userInfo[(colon + 1)..]);
            AddSecret(secrets, password);
        }

        var secret = $"{scheme}://{user}{(password is null ? "" : $":{password}")}@{address}";
        if (!Uri.TryCreate(secret, UriKind.Absolute, out var whole) || whole.Host != uri.Host)
        {
            error = $"has no host that can be read; write {scheme}://[user:password@]host[:port]/path";
            return null;
        }

        return new CameraUrl(kind, secret, $"{scheme}://{SecretText.Mark}@{shownAddress}", LongestFirst(secrets));
    }

    /// <summary>
    /// Where the user info ends: at the last @ that a host follows, since a password may hold @ and / itself and must never be shown in part.
    /// "A host" is something with a dot, a port or brackets, or localhost: a single word is taken for one only where nothing else is found.
    /// An @ in the address's own path is written %40.
    /// </summary>
    private static int EndOfUserInfo(string rest)
    {
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var address = rest.AsSpan(0, query < 0 ? rest.Length : query);
        for (var at = address.LastIndexOf('@'); at >= 0; at = address[..at].LastIndexOf('@'))
        {
            if (LooksLikeHost(address[(at + 1)..]))
            {
                return at;
            }
        }

        var slash = address.IndexOf('/');
        return (slash < 0 ? address : address[..slash]).LastIndexOf('@');
    }

    private static bool LooksLikeHost(ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        return Host().IsMatch(slash < 0 ? rest : rest[..slash]);
    }

    /// <summary>Masks what names a secret in path and query, and remembers it as written and as the URI parser writes it, which libraries repeat.</summary>
    private static string MaskAddress(string address, Uri uri, List<string> secrets)
    {
        _ = SecretText.MaskParameters(uri.PathAndQuery, part => AddSecret(secrets, part));
        return SecretText.MaskParameters(address, part => AddSecret(secrets, part));
    }

    /// <summary>What is percent-encoded already stays as it is.</summary>
    private static string Escape(string part) => Uri.EscapeDataString(Uri.UnescapeDataString(part));

    private static void AddSecret(List<string> secrets, string value)
    {
        // A secret of one or two letters would mask half of every sentence.
        foreach (var form in new[] { value, Uri.UnescapeDataString(value), Escape(value) })
        {
            if (form.Length > 2 && !secrets.Contains(form))
            {
                secrets.Add(form);
            }
        }
    }

    private static string[] LongestFirst(List<string> secrets) => [.. secrets.OrderByDescending(secret => secret.Length)];

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.\-]+):")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^(\[[0-9a-f:.]+\](:\d+)?|localhost|[^@:\s]+:\d+|[^@:\s]*\.[^@:\s]*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Host();
}
