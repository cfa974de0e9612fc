using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Capture.Demo;

namespace FaceEdge.Capture;

/// <summary>
/// Where a camera is. Anything that prints it (a log, a page, an exception) gets <see cref="ToString"/>, which never shows credentials;
/// only a source that connects asks for <see cref="Secret"/>.
/// </summary>
internal sealed partial class CameraUrl : IEquatable<CameraUrl>
{
    /// <summary>What stands in place of a credential.</summary>
    public const string Mark = "***";

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

    public static bool TryParse(string? text, [NotNullWhen(true)] out CameraUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        error = null;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            error = $"is empty; {Allowed}";
        }
        else if (text.Any(char.IsControl))
        {
            error = $"holds a control character; {Allowed}";
        }
        else if (SchemeOf(text) is not { } scheme)
        {
            url = new CameraUrl(text.StartsWith("/dev/video", StringComparison.Ordinal) ? CameraKind.Device : CameraKind.File, text, text, []);
        }
        else
        {
            url = scheme switch
            {
                "rtsp" or "rtsps" => Network(CameraKind.Rtsp, scheme, text, out error),
                "http" or "https" => Network(CameraKind.Http, scheme, text, out error),
                "file" => Local(text, out error),
                "browser" => new CameraUrl(CameraKind.Browser, text, text, []),
                "demo" => Drawn(text, out error),
                _ => Unknown(scheme, out error),
            };
        }

        return url is not null;
    }

    /// <summary>Takes this camera's credentials, and the user part of any URL, out of a text from elsewhere, such as a library's error.</summary>
    public string Mask(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.OrdinalIgnoreCase);
        }

        return UserInfoInText().Replace(text, $"$1{Mark}@");
    }

    public override string ToString() => Shown;

    public bool Equals(CameraUrl? other) => other is not null && Secret == other.Secret;

    public override bool Equals(object? obj) => Equals(obj as CameraUrl);

    public override int GetHashCode() => Secret.GetHashCode(StringComparison.Ordinal);

    private const string Allowed =
        "allowed are rtsp://, rtsps://, http://, https://, a path to a video, a picture or a folder of pictures, /dev/videoN, browser: and demo:";

    private static string? SchemeOf(string text)
    {
        var match = Scheme().Match(text);
        return match.Success ? match.Groups[1].Value.ToLowerInvariant() : null;
    }

    private static CameraUrl? Drawn(string text, out string? error)
    {
        error = DemoUrl.FaultOf(text) is { } fault ? $"is not valid: {fault}" : null;
        return error is null ? new CameraUrl(CameraKind.Demo, text, text, []) : null;
    }

    private static CameraUrl? Unknown(string scheme, out string? error)
    {
        error = $"has the scheme {scheme}:, which is not known; {Allowed}";
        return null;
    }

    private static CameraUrl? Local(string text, out string? error)
    {
        error = null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsFile)
        {
            return new CameraUrl(CameraKind.File, uri.LocalPath, uri.LocalPath, []);
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
        var shownAddress = MaskAddress(address, secrets);
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

        return new CameraUrl(kind, secret, $"{scheme}://{Mark}@{shownAddress}", LongestFirst(secrets));
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

    /// <summary>
    /// Parameters that hold a user or a secret, each to the next &amp;. Some recorders write them into the path, as in
    /// /user=admin_password=…_channel=1.sdp: there nothing tells where a password ends, so all that follows is masked.
    /// </summary>
    private static string MaskAddress(string address, List<string> secrets)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? address : address[..query];
        if (SecretInPath().Match(path) is { Success: true } found)
        {
            var start = found.Index + found.Length;
            AddSecret(secrets, address[start..]);
            AddSecret(secrets, path[start..]);
            return address[..start] + Mark;
        }

        return SecretParameter().Replace(address, match =>
        {
            AddSecret(secrets, match.Groups[2].Value);
            return $"{match.Groups[1].Value}{Mark}";
        });
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

    private const string SecretName =
        @"(?:[a-z0-9_.\-]*(?:user|usr|login|pass|pwd|psw|auth|token|key|secret|sig|session|cred)[a-z0-9_.\-]*|u|p)=";

    [GeneratedRegex($"([?&;]{SecretName})([^&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();

    [GeneratedRegex($"[/&;,]{SecretName}", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInPath();

    [GeneratedRegex(@"([a-z][a-z0-9+.\-]*://)[^\s/@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfoInText();
}
