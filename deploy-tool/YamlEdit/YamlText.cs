using System.Buffers;
using System.Text;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// The text of a YAML file, and the path back from its characters to the file's bytes.
/// Only UTF-8 is read (with or without a byte order mark), which is what Kubernetes and Flux read.
/// </summary>
public sealed class YamlText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Usual = SearchValues.Create(['\t', '\n', '\r', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    private readonly int _byteOrderMarkLength;

    private YamlText(string value, int byteOrderMarkLength)
    {
        Value = value;
        _byteOrderMarkLength = byteOrderMarkLength;
    }

    /// <summary>The text without its byte order mark.</summary>
    public string Value { get; }

    /// <summary>Decodes a file, or says which byte or character YAML forbids.</summary>
    public static YamlFault? TryDecode(ReadOnlySpan<byte> bytes, out YamlText text)
    {
        text = new YamlText("", 0);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new YamlFault(new SourcePosition(0, 1, 1), "the file is UTF-16; save it as UTF-8");
        }

        var mark = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            text = new YamlText(Utf8.GetString(bytes[mark..]), mark);
        }
        catch (DecoderFallbackException e)
        {
            var lead = Encoding.UTF8.GetString(bytes.Slice(mark, e.Index));
            return new YamlFault(PositionOf(lead, lead.Length), $"byte 0x{bytes[mark + e.Index]:X2} is not UTF-8");
        }

        var forbidden = FirstForbidden(text.Value);
        return forbidden < 0
            ? null
            : new YamlFault(PositionOf(text.Value, forbidden), $"character U+{(int)text.Value[forbidden]:X4} is not allowed in YAML; escape it inside double quotes");
    }

    /// <summary>Bytes from the start of the file to a character.</summary>
    public int ByteOffset(int offset) => _byteOrderMarkLength + Utf8.GetByteCount(Value.AsSpan(0, offset));

    /// <summary>Line and column of a character.</summary>
    public static SourcePosition PositionOf(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return new SourcePosition(offset, before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }

    /// <summary>YAML 1.2.2, production 1 (c-printable); the text is valid UTF-16 already, so surrogates come in pairs.</summary>
    private static int FirstForbidden(string text)
    {
        var at = 0;
        while (text.AsSpan(at).IndexOfAnyExcept(Usual) is >= 0 and var skipped)
        {
            at += skipped;
            if (text[at] is not ('\u0085' or (>= '\u00A0' and <= '\uFFFD')))
            {
                return at;
            }

            at++;
        }

        return -1;
    }
}
