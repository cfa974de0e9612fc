using System.Buffers;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Characters, line ends, blanks, comments and document markers.</summary>
internal sealed partial class YamlParser
{
    private const string TabFault = "a tab stands where only spaces indent";

    private static readonly SearchValues<char> AnchorCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly SearchValues<char> AnchorCharactersAndMark = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_!");
    private static readonly SearchValues<char> EndsBlockPlain = SearchValues.Create(" \t\r\n:#");
    private static readonly SearchValues<char> EndsFlowPlain = SearchValues.Create(" \t\r\n:#,[]{}");
    private static readonly SearchValues<char> StopsDoubleQuoted = SearchValues.Create("\"\\ \t\r\n");
    private static readonly SearchValues<char> StopsSingleQuoted = SearchValues.Create("' \t\r\n");
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");
    private static readonly SearchValues<char> LineSeparators = SearchValues.Create("\u0085\u2028\u2029");

    /// <summary>A hash at the start of a line or behind a blank.</summary>
    private bool IsComment => Peek() == '#' && (_at == 0 || IsBlankOrEnd(_text[_at - 1]));

    private static bool IsBreak(char c) => c is '\n' or '\r';

    private static bool IsBreakOrEnd(char c) => c is '\n' or '\r' or '\0';

    private static bool IsBlankOrEnd(char c) => c is ' ' or '\t' or '\n' or '\r' or '\0';

    private static bool IsFlowIndicator(char c) => c is ',' or '[' or ']' or '{' or '}';

    /// <summary>A character from the cursor on; NUL, which no YAML holds, behind the end.</summary>
    private char Peek(int ahead = 0) => CharAt(_at + ahead);

    private char CharAt(int at) => (uint)at < (uint)_text.Length ? _text[at] : '\0';

    /// <summary>An indicator of block context is one in front of a blank.</summary>
    private bool IsIndicator(char indicator) => Peek() == indicator && IsBlankOrEnd(Peek(1));

    private bool IsMarker(string marker) => _at == _lineStart && string.CompareOrdinal(_text, _at, marker, 0, 3) == 0 && IsBlankOrEnd(Peek(3));

    private bool TakeMarker(string marker)
    {
        var taken = IsMarker(marker);
        _at += taken ? 3 : 0;
        return taken;
    }

    private int LineEnd(int at) => _text.AsSpan(at).IndexOfAny(LineEnds) is >= 0 and var length ? at + length : _text.Length;

    private void SkipBreak()
    {
        _at += Peek() == '\r' && Peek(1) == '\n' ? 2 : 1;
        _line++;
        _lineStart = _at;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
        {
            _at++;
        }
    }

    private int SkipSpaces(int most = int.MaxValue)
    {
        var skipped = 0;
        while (skipped < most && Peek() == ' ')
        {
            _at++;
            skipped++;
        }

        return skipped;
    }

    /// <summary>Skips what may stand in front of a line's content.</summary>
    private void SkipIndentation()
    {
        SkipSpaces();
        if (Peek() == '\t')
        {
            throw Fault(Here, TabFault);
        }
    }

    /// <summary>Goes to the next content in block context, over blank lines and comments.</summary>
    private void SkipToContent()
    {
        while (true)
        {
            if (_at == _lineStart)
            {
                // A byte order mark may stand in front of any document.
                _at += Peek() == '\uFEFF' ? 1 : 0;
                SkipIndentation();
            }
            else
            {
                SkipBlanks();
            }

            if (IsComment)
            {
                _at = LineEnd(_at);
            }

            if (!IsBreak(Peek()))
            {
                return;
            }

            SkipBreak();
        }
    }

    /// <summary>Goes to the end of a line that may hold no more than a comment.</summary>
    private void EndLine()
    {
        SkipBlanks();
        if (IsComment)
        {
            _at = LineEnd(_at);
        }
        else if (!IsBreakOrEnd(Peek()))
        {
            throw Fault(Here, "nothing but a comment may follow on this line");
        }
    }

    private void NoteLineSeparators()
    {
        for (var at = 0; _text.AsSpan(at).IndexOfAny(LineSeparators) is >= 0 and var skipped; at++)
        {
            at += skipped;
            _lineSeparators.Add(at);
        }
    }
}
