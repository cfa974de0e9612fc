using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FaceEdge.Contracts;

/// <summary>
/// Text that an operator wrote and that may hold credentials although nothing says so: an address in quotes, an address that lost its scheme. What is
/// shown of such text goes through <see cref="Mask(string)"/>; <see cref="MeansAddress"/> finds what means an address but cannot be read as one.
/// </summary>
internal static partial class SecretText
{
    /// <summary>Stands in place of a credential.</summary>
    public const string Mark = "***";

    /// <summary>Opening and closing quotes, pair by pair: an env file keeps them, a word processor makes them.</summary>
    private const string Quotes = "\"\"''``“”„“‘’‚‘«»";

    /// <summary>
    /// Names of parameters that hold a user or a secret, each with its equals sign.
    /// </summary>
    private const string SecretName =
        @"(?:[a-z0-9_.\-]*(?:user|usr|login|pass|pwd|psw|auth|token|key|secret|sig|session|cred)[a-z0-9_.\-]*|u|p)=";

    /// <summary>Takes surrounding quotes, white space and invisible characters off, however they are nested.</summary>
    public static string Strip(string text)
    {
        while (true)
        {
            var stripped = TrimInvisible(text);
            if (IsQuoted(stripped))
            {
                stripped = stripped[1..^1];
            }

            if (stripped.Length == text.Length)
            {
                return stripped;
            }

            text = stripped;
        }
    }

    /// <summary>Takes invisible characters out, wherever they are.</summary>
    public static string WithoutInvisible(string text) => string.Concat(text.EnumerateRunes().Where(rune => !IsInvisible(rune) || Rune.IsWhiteSpace(rune)));

    /// <summary>
    /// Whether the text means an address although it need not be one that can be read: it holds "://", or something that looks like user and
    /// password before a host, or one word before an @ and an address or a port. Percent-encoding and full-width characters do not hide it.
    /// A path that says that it is one (/…, ./…, ../…, ~…) is none.
    /// </summary>
    public static bool MeansAddress(string text)
    {
        var plain = Plain(text);
        return plain.Contains("://", StringComparison.Ordinal)
            || (!PathStart().IsMatch(plain) && (UserAndPassword().IsMatch(plain) || WordBeforeHost().IsMatch(plain)));
    }

    /// <summary>Masks what may be user information (all before the last @) and parameters that hold a user or a secret.</summary>
    public static string Mask(string text) => Mask(text, null);

    /// <summary>As above, and tells what was masked.</summary>
    /// <param name="text">An address or a path, not a sentence.</param>
    /// <param name="masked">Told of each part that was masked; may be null.</param>
    public static string Mask(string text, Action<string>? masked)
    {
        var end = EndOfUserInformation(text);
        if (end > 0)
        {
            masked?.Invoke(text[..end]);
            return Mark + MaskParameters(text[end..], masked);
        }

        return MaskParameters(text, masked);
    }

    /// <summary>
    /// Masks the values of parameters that hold a user or a secret, each to the next &amp;. Some recorders write them into the path, as in
    /// /user=admin_password=…_channel=1.sdp: there nothing tells where a password ends, so all that follows is masked.
    /// </summary>
    /// <param name="address">What follows the user information, from the host or from the path.</param>
    /// <param name="masked">Told of each part that was masked; may be null.</param>
    public static string MaskParameters(string address, Action<string>? masked)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? address : address[..query];
        if (SecretInPath().Match(path) is { Success: true } found)
        {
            var start = found.Index + found.Length;
            masked?.Invoke(address[start..]);
            masked?.Invoke(path[start..]);
            return address[..start] + Mark;
        }

        return SecretParameter().Replace(address, match =>
        {
            masked?.Invoke(match.Groups[2].Value);
            return $"{match.Groups[1].Value}{Mark}";
        });
    }

    /// <summary>Masks the user part of every URL in a sentence from elsewhere, such as a library's error.</summary>
    public static string MaskUrls(string sentence) => UserInfoInText().Replace(sentence, $"$1{Mark}@");

    /// <summary>Where the last @ is; an encoded one counts where there is no other.</summary>
    private static int EndOfUserInformation(string text)
    {
        var at = text.AsSpan().LastIndexOfAny("@＠﹫");
        return at >= 0 ? at : text.LastIndexOf("%40", StringComparison.Ordinal);
    }

    /// <summary>The text as it is meant: percent-encoding undone, full-width and other forms of the three signs of an address made plain.</summary>
    private static string Plain(string text) => string.Concat(Uri.UnescapeDataString(text).Select(letter => letter switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
        '\uFE55' => ':',
        '\uFE6B' => '@',
        '\u2044' or '\u2215' => '/',
        _ => letter,
    }));

    private static bool IsQuoted(string text)
    {
        for (var i = 0; i < Quotes.Length && text.Length >= 2; i += 2)
        {
            if (text[0] == Quotes[i] && text[^1] == Quotes[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    private static string TrimInvisible(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var first = Array.FindIndex(runes, rune => !IsInvisible(rune));
        var last = Array.FindLastIndex(runes, rune => !IsInvisible(rune));
        return first < 0 ? "" : string.Concat(runes[first..(last + 1)]);
    }

    /// <summary>White space, Unicode's format characters (zero-width space, byte order mark, direction marks), and letters that are drawn as nothing.</summary>
    private static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F);

    [GeneratedRegex(@"^(/(?!/)|\.{1,2}/|~)")]
    private static partial Regex PathStart();

    /// <summary>A colon before an @, or an @ behind two slashes.</summary>
    [GeneratedRegex("^[^@]*(:|//)[^@]*@", RegexOptions.Singleline)]
    private static partial Regex UserAndPassword();

    [GeneratedRegex(@"@(\[[0-9a-f:.]+\]|\d+(\.\d+){3}|localhost|[^@/\s]+:\d+)(:\d+)?(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex WordBeforeHost();

    [GeneratedRegex($"([?&;]{SecretName})([^&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();

    [GeneratedRegex($"(?:^|[/&;,]){SecretName}", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInPath();

    /// <summary>To the last @ of what holds together: a password may hold one itself.</summary>
    [GeneratedRegex(@"([a-z][a-z0-9+.\-]*://)\S*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfoInText();
}
