using System.Buffers;
using System.Globalization;
using System.Text;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Makes the head of a camera's answer one that HttpClient takes, as browsers and curl read it: lines that are no header are left out (a camera's web
/// server writes its date without a name), blanks before the colon and stray control characters are removed, a second Content-Length is ignored.
/// </summary>
internal static class ResponseHead
{
    private const string ContentLength = "Content-Length";

    /// <summary>RFC 9110, 5.6.2: what a header's name is made of.</summary>
    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Where the head ends: behind the first empty line after the status line; -1 where it is not all there.</summary>
    /// <param name="bytes">From the connection.</param>
    /// <param name="from">No head ends before it: three bytes less than the last call looked at.</param>
    public static int FindEnd(ReadOnlySpan<byte> bytes, int from)
    {
        var start = bytes.IndexOfAnyExcept("\r\n"u8);
        if (start < 0)
        {
            return -1;
        }

        for (var at = Math.Max(from, start); at < bytes.Length; at++)
        {
            var lineFeed = bytes[at..].IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                return -1;
            }

            at += lineFeed;
            var next = bytes[(at + 1)..];
            if (next.StartsWith("\n"u8))
            {
                return at + 2;
            }

            if (next.StartsWith("\r\n"u8))
            {
                return at + 3;
            }
        }

        return -1;
    }

    /// <summary>The same answer in valid form; unchanged where its first line is no status line.</summary>
    /// <param name="head">To behind its empty line.</param>
    /// <param name="interim">Whether another head follows (1xx).</param>
    public static byte[] Normalise(ReadOnlySpan<byte> head, out bool interim)
    {
        interim = false;
        var lines = Encoding.Latin1.GetString(head).Trim('\r', '\n').Split('\n');
        if (!TryReadStatus(lines[0], out var version, out var code, out var reason))
        {
            return head.ToArray();
        }

        interim = code is >= 100 and < 200;
        var headers = new List<(string Name, string Value)>();
        foreach (var line in lines.AsSpan(1))
        {
            var text = Plain(line.TrimEnd('\r'));
            if (text.StartsWith(' '))
            {
                // The line before goes on (RFC 9112, 5.2).
                if (headers.Count > 0)
                {
                    headers[^1] = (headers[^1].Name, $"{headers[^1].Value} {text.Trim()}");
                }
            }
            else if (TryReadHeader(text, out var header) && Counts(header, headers))
            {
                headers.Add(header);
            }
        }

        var output = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/{version} {code} {reason}\r\n");
        foreach (var (name, value) in headers)
        {
            output.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return Encoding.Latin1.GetBytes(output.Append("\r\n").ToString());
    }

    /// <summary>"HTTP/1.0 200 OK"; also "HTTP/1.1 200", "HTTP 200 OK" and "ICY 200 OK", which streaming servers write.</summary>
    private static bool TryReadStatus(string line, out string version, out int code, out string reason)
    {
        (version, code, reason) = ("1.1", 0, "");
        var words = Plain(line).Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 2
            || !(words[0].StartsWith("HTTP", StringComparison.OrdinalIgnoreCase) || words[0] == "ICY")
            || words[1].Length != 3
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out code)
            || code < 100)
        {
            return false;
        }

        version = words[0].EndsWith("/1.1", StringComparison.Ordinal) ? "1.1" : "1.0";
        reason = words.Length > 2 ? words[2] : "";
        return true;
    }

    private static bool TryReadHeader(string line, out (string Name, string Value) header)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        header = colon < 0 ? ("", "") : (line[..colon].TrimEnd(), line[(colon + 1)..].Trim());
        return header.Name.Length > 0 && !header.Name.AsSpan().ContainsAnyExcept(NameLetters);
    }

    /// <summary>A length that is no number, or another one than before, would make the client give up what the body itself tells.</summary>
    private static bool Counts((string Name, string Value) header, List<(string Name, string Value)> before) =>
        !header.Name.Equals(ContentLength, StringComparison.OrdinalIgnoreCase)
        || (long.TryParse(header.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && !before.Exists(other => other.Name.Equals(ContentLength, StringComparison.OrdinalIgnoreCase)));

    private static string Plain(string line) => line.Any(char.IsControl) ? string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter)) : line;
}
