using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Scalars in their five styles.</summary>
internal sealed partial class YamlParser
{
    private YamlScalar Plain(Properties properties, int parent, bool flow)
    {
        var start = Here;
        if (!CanBeginPlain(flow))
        {
            throw Fault(start, IsBreakOrEnd(Peek())
                ? "the line ends where a value is expected"
                : $"a value cannot begin with '{Rune.GetRuneAt(_text, _at)}'; quote it");
        }

        var end = PlainEnd(_at, flow);
        var value = _text[_at..end];
        StringBuilder? folded = null;
        _at = end;
        while (NextPlainLine(parent, flow) is { Breaks: > 0 } next)
        {
            folded ??= new StringBuilder(value);
            _ = next.Breaks == 1 ? folded.Append(' ') : folded.Append('\n', next.Breaks - 1);
            end = PlainEnd(_at, flow);
            folded.Append(_text, _at, end - _at);
            _at = end;
        }

        return Scalar(properties, start, folded?.ToString() ?? value, ScalarStyle.Plain, start.Offset, end);
    }

    private bool CanBeginPlain(bool flow) => Peek() switch
    {
        '-' or '?' or ':' => !IsBlankOrEnd(Peek(1)) && !(flow && IsFlowIndicator(Peek(1))),
        var other => !IsBlankOrEnd(other) && !"-?:,[]{}#&*!|>'\"%@`".Contains(other, StringComparison.Ordinal),
    };

    /// <summary>One past the last character of a plain scalar on a line, blanks at its end not counted.</summary>
    private int PlainEnd(int at, bool flow)
    {
        var end = at;
        while (at < _text.Length)
        {
            var skipped = _text.AsSpan(at).IndexOfAny(flow ? EndsFlowPlain : EndsBlockPlain);
            if (skipped != 0)
            {
                at = skipped < 0 ? _text.Length : at + skipped;
                end = at;
                continue;
            }

            switch (_text[at])
            {
                case ' ' or '\t':
                    at++;
                    continue;
                case ':' when !IsBlankOrEnd(CharAt(at + 1)) && !(flow && IsFlowIndicator(CharAt(at + 1))):
                case '#' when end == at:
                    end = ++at;
                    continue;
            }

            return end;
        }

        return end;
    }

    /// <summary>Goes to the next line of a plain scalar, or stays where the scalar ends; <c>Breaks</c> counts the line ends between.</summary>
    private (int Breaks, int Column) NextPlainLine(int parent, bool flow)
    {
        var (at, line, lineStart) = (_at, _line, _lineStart);
        var breaks = 0;
        SkipBlanks();
        while (IsBreak(Peek()))
        {
            SkipBreak();
            breaks++;
            var indentation = SkipSpaces();
            if (Peek() == '\t')
            {
                if (!flow && indentation <= parent)
                {
                    throw Fault(Here, TabFault);
                }

                SkipBlanks();
            }
        }

        var goesOn = breaks > 0 && !AtEnd && Peek() != '#' && !IsMarker("---") && !IsMarker("...") && (flow || Column > parent)
            && PlainEnd(_at, flow) > _at && !(flow && Peek() is ',' or '[' or ']' or '{' or '}');
        if (goesOn)
        {
            return (breaks, Column);
        }

        (_at, _line, _lineStart) = (at, line, lineStart);
        return (0, 0);
    }

    private YamlScalar Quoted(Properties properties)
    {
        var start = Here;
        var quote = Peek();
        var stops = quote == '"' ? StopsDoubleQuoted : StopsSingleQuoted;
        _at++;
        var plain = _text.AsSpan(_at).IndexOfAny(stops);
        if (plain >= 0 && _text[_at + plain] == quote && CharAt(_at + plain + 1) != '\'')
        {
            var value = _text.Substring(_at, plain);
            _at += plain + 1;
            return QuotedScalar(properties, start, value, quote);
        }

        var text = new StringBuilder();
        while (true)
        {
            var run = _text.AsSpan(_at).IndexOfAny(stops);
            if (run < 0)
            {
                throw Fault(start, $"this {quote} is never closed");
            }

            text.Append(_text, _at, run);
            _at += run;
            switch (Peek())
            {
                case '\'' when Peek(1) == '\'':
                    text.Append('\'');
                    _at += 2;
                    break;
                case '\'' or '"':
                    _at++;
                    return QuotedScalar(properties, start, text.ToString(), quote);
                case '\\' when IsBreak(Peek(1)):
                    _at++;
                    FoldQuoted(text, start, escaped: true);
                    break;
                case '\\':
                    Escape(text);
                    break;
                default:
                    FoldQuoted(text, start, escaped: false);
                    break;
            }
        }
    }

    private YamlScalar QuotedScalar(Properties properties, SourcePosition start, string value, char quote)
    {
        _lineSeparators.RemoveAll(at => at > start.Offset && at < _at);
        return Scalar(properties, start, value, quote == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted, start.Offset, _at);
    }

    /// <summary>Blanks and line ends within quotes: a line end is a blank, further ones stay; blanks around them go.</summary>
    private void FoldQuoted(StringBuilder text, SourcePosition start, bool escaped)
    {
        var blanks = _at;
        SkipBlanks();
        if (!IsBreak(Peek()))
        {
            text.Append(_text, blanks, _at - blanks);
            return;
        }

        var breaks = 0;
        while (IsBreak(Peek()))
        {
            SkipBreak();
            breaks++;
            if (IsMarker("---") || IsMarker("..."))
            {
                throw Fault(start, $"this {_text[start.Offset]} is not closed before the document ends");
            }

            SkipBlanks();
        }

        _ = breaks > 1 ? text.Append('\n', breaks - 1) : escaped ? text : text.Append(' ');
    }

    private void Escape(StringBuilder text)
    {
        var digits = Peek(1) switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + 2 + digits > _text.Length
                || !int.TryParse(_text.AsSpan(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || !Rune.IsValid(code))
            {
                throw Fault(Here, $"\\{Peek(1)} must be followed by {digits} hexadecimal digits of a character");
            }

            text.Append(new Rune(code).ToString());
            _at += 2 + digits;
            return;
        }

        text.Append(Peek(1) switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\u001B',
            ' ' => ' ',
            '"' => '"',
            '/' => '/',
            '\\' => '\\',
            'N' => '\u0085',
            '_' => '\u00A0',
            'L' => '\u2028',
            'P' => '\u2029',
            _ => throw Fault(Here, $"\\{Peek(1)} is no escape; write \\\\ for a backslash, or use single quotes"),
        });
        _at += 2;
    }

    /// <summary>A literal (|) or folded (>) scalar. The value's text is all lines that are indented further than the parent.</summary>
    private YamlScalar BlockScalar(int parent, Properties properties)
    {
        var start = Here;
        var literal = Peek() == '|';
        _at++;
        var (digit, chomping) = (0, '\0');
        while (true)
        {
            if (Peek() is >= '1' and <= '9' && digit == 0)
            {
                digit = Peek() - '0';
            }
            else if (Peek() is '+' or '-' && chomping == '\0')
            {
                chomping = Peek();
            }
            else
            {
                break;
            }

            _at++;
        }

        var header = _at;
        EndLine();
        if (!AtEnd)
        {
            SkipBreak();
        }

        var indentation = digit > 0 ? Math.Max(parent, 0) + digit : BlockIndentation(parent);
        var text = new StringBuilder();
        var (breaks, first, last, spaced) = (0, -1, header, false);
        while (!AtEnd)
        {
            var spaces = SkipSpaces(indentation);
            if (IsBreak(Peek()))
            {
                breaks++;
                SkipBreak();
                continue;
            }

            if (spaces < indentation || AtEnd || IsMarker("---") || IsMarker("..."))
            {
                _at = AtEnd ? _at : _lineStart;
                break;
            }

            var isSpaced = Peek() is ' ' or '\t';
            _ = first < 0 || literal || spaced || isSpaced
                ? text.Append('\n', breaks)
                : breaks == 1 ? text.Append(' ') : text.Append('\n', breaks - 1);
            var end = LineEnd(_at);
            text.Append(_text, _at, end - _at);
            (first, last, spaced, breaks) = (first < 0 ? _at : first, end, isSpaced, 0);
            _at = end;
            if (!AtEnd)
            {
                SkipBreak();
                breaks = 1;
            }
        }

        if (chomping == '+')
        {
            text.Append('\n', breaks);
        }
        else if (chomping == '\0' && first >= 0 && breaks > 0)
        {
            text.Append('\n');
        }

        return Scalar(properties, start, text.ToString(), literal ? ScalarStyle.Literal : ScalarStyle.Folded, first < 0 ? header : first, last);
    }

    /// <summary>The indentation of a block scalar that names none: that of its first line with text.</summary>
    private int BlockIndentation(int parent)
    {
        var widest = 0;
        for (var at = _at; ; at++)
        {
            var begin = at;
            while (CharAt(at) == ' ')
            {
                at++;
            }

            var spaces = at - begin;
            if (IsBreak(CharAt(at)))
            {
                widest = Math.Max(widest, spaces);
                at += CharAt(at) == '\r' && CharAt(at + 1) == '\n' ? 1 : 0;
                continue;
            }

            if (at >= _text.Length || spaces <= parent)
            {
                return Math.Max(widest, parent + 1);
            }

            return widest <= spaces ? spaces : throw Fault(YamlText.PositionOf(_text, at), "an empty line above the first line of this text has more spaces than it");
        }
    }

    private YamlScalar Scalar(Properties properties, SourcePosition start, string value, ScalarStyle style, int contentOffset, int endOffset) =>
        new(properties.Any ? properties.Start : start, properties.Anchor, properties.Tag, value, style, contentOffset, endOffset, _scalars++);
}
