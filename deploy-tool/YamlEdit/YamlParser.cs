namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Reads YAML 1.2 into trees with places, as Kubernetes and Flux read it (go-yaml, after libyaml). Where those two differ:
/// <list type="bullet">
/// <item>what the cluster refuses is refused: tabs in front of a line's content, keys of more than 1,024 characters, other anchor names than
/// letters, digits, dashes and underscores, and U+0085, U+2028 and U+2029 outside quotes, which end a line there;</item>
/// <item>what the cluster forgives is read: lines of a flow collection or a quoted text that are indented too little.</item>
/// </list>
/// Recursive descent over the text itself; every fault has the place where it is.
/// </summary>
internal sealed partial class YamlParser
{
    /// <summary>Deeper nesting than any manifest has; what walks the tree may recurse this far.</summary>
    public const int MaximumDepth = 100;

    /// <summary>YAML 1.2.2, section 7.4.2: an implicit key has at most so many characters.</summary>
    private const int MaximumKeyLength = 1024;

    private readonly string _text;
    private readonly List<YamlDocument> _documents = [];
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tagHandles = new(StringComparer.Ordinal);
    private readonly List<int> _lineSeparators = [];
    private List<YamlAlias> _aliases = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _depth;
    private int _scalars;

    private YamlParser(string text) => _text = text;

    private int Column => _at - _lineStart;

    private bool AtEnd => _at >= _text.Length;

    private SourcePosition Here => new(_at, _line, _at - _lineStart + 1);

    /// <summary>Reads a whole stream.</summary>
    /// <returns>Null when the text is one, otherwise what is wrong with it and where.</returns>
    public static YamlFault? TryParse(string text, out IReadOnlyList<YamlDocument> documents)
    {
        var parser = new YamlParser(text);
        documents = parser._documents;
        try
        {
            parser.Stream();
            return null;
        }
        catch (FaultException exception)
        {
            return exception.Fault;
        }
    }

    private void Stream()
    {
        NoteLineSeparators();
        var afterEnd = true;
        while (true)
        {
            SkipToContent();
            if (AtEnd)
            {
                break;
            }

            if (TakeMarker("..."))
            {
                EndLine();
                afterEnd = true;
                continue;
            }

            Document(afterEnd);
            SkipToContent();
            afterEnd = TakeMarker("...");
            if (afterEnd)
            {
                EndLine();
            }
            else if (!AtEnd && !IsMarker("---"))
            {
                throw Fault(Here, Column == 0 && Peek() == '%'
                    ? "a directive needs the line '...' above it"
                    : "this does not belong to what is above it; correct the indentation, or begin a document with ---");
            }
        }

        if (_lineSeparators.Count > 0)
        {
            var at = _lineSeparators[0];
            throw Fault(YamlText.PositionOf(_text, at), $"character U+{(int)_text[at]:X4} ends a line for some readers; write it in double quotes, as \\u{(int)_text[at]:X4}");
        }
    }

    private void Document(bool directivesAllowed)
    {
        var start = Here;
        _anchors.Clear();
        _aliases = [];
        _tagHandles.Clear();
        _tagHandles["!"] = "!";
        _tagHandles["!!"] = "tag:yaml.org,2002:";
        var hasDirectives = directivesAllowed && Directives();
        YamlNode root;
        if (TakeMarker("---"))
        {
            root = BlockNode(parent: -1, collections: false, indentless: false);
        }
        else if (hasDirectives)
        {
            throw Fault(Here, "directives must be followed by the line '---'");
        }
        else
        {
            root = BlockNode(parent: -1, collections: true, indentless: false);
        }

        _documents.Add(new YamlDocument(start, root, _aliases));
    }

    /// <summary>Reads <c>%YAML</c> and <c>%TAG</c>; others are reserved and skipped.</summary>
    private bool Directives()
    {
        var hasVersion = false;
        var found = false;
        while (Peek() == '%' && Column == 0)
        {
            found = true;
            var start = Here;
            var end = LineEnd(_at);
            var line = _text[_at..end];
            var comment = line.IndexOf(" #", StringComparison.Ordinal);
            var words = (comment < 0 ? line : line[..comment]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["%YAML", "1.1" or "1.2"] when !hasVersion:
                    hasVersion = true;
                    break;
                case ["%YAML", ..]:
                    throw Fault(start, "the version must be given once and be 1.1 or 1.2, as in %YAML 1.2");
                case ["%TAG", ['!', ..] handle, { Length: > 0 } prefix] when handle[^1] == '!' && handle.AsSpan(1).IndexOfAnyExcept(AnchorCharactersAndMark) < 0:
                    _tagHandles[handle] = prefix;
                    break;
                case ["%TAG", ..]:
                    throw Fault(start, "a tag directive is written %TAG !handle! prefix");
            }

            _at = end;
            SkipToContent();
        }

        return found;
    }

    /// <summary>
    /// A node in block context, from behind the indicator that it belongs to.
    /// </summary>
    /// <param name="parent">Column of the collection that it is in; its own lines are further in.</param>
    /// <param name="collections">Whether a block collection may begin on the indicator's line.</param>
    /// <param name="indentless">Whether a list may stand in the parent's own column, as it may below a key.</param>
    private YamlNode BlockNode(int parent, bool collections, bool indentless)
    {
        var empty = Here;
        if (collections)
        {
            SkipIndentation();
        }

        var outer = default(Properties);
        Properties inner;
        while (true)
        {
            var line = _line;
            SkipToContent();
            collections |= _line != line;
            if (!Belongs(parent, indentless))
            {
                return Empty(outer, empty);
            }

            inner = ReadProperties(flow: false);
            if (!inner.Any)
            {
                break;
            }

            empty = Here;
            SkipBlanks();
            if (!IsBreakOrEnd(Peek()) && !IsComment)
            {
                break;
            }

            outer = Merge(outer, inner);
            inner = default;
        }

        var column = inner.Any ? inner.Start.Column - 1 : Column;
        if (IsIndicator('-') || IsIndicator('?'))
        {
            if (!collections || inner.Any)
            {
                throw Fault(Here, $"'{Peek()}' must be the first on its line here");
            }

            return Peek() == '-' ? Sequence(column, outer) : Mapping(column, outer, null);
        }

        if (Peek() is '|' or '>')
        {
            return Register(BlockScalar(parent, Merge(outer, inner)));
        }

        var leaf = IsIndicator(':') ? Empty(inner, Here) : Leaf(inner, parent);
        var end = _at;
        SkipBlanks();
        if (IsIndicator(':'))
        {
            if (!collections)
            {
                throw Fault(Here, "a mapping cannot begin on this line; quote the text if ': ' is meant as it is");
            }

            CheckKey(leaf, end);
            return Mapping(column, outer, leaf);
        }

        EndLine();
        return outer.Any ? Register(WithProperties(leaf, Merge(outer, inner))) : leaf;
    }

    /// <summary>Whether the content at the cursor is within a parent's node.</summary>
    private bool Belongs(int parent, bool indentless) =>
        !AtEnd && !IsMarker("---") && !IsMarker("...") && (Column > parent || (indentless && Column == parent && IsIndicator('-')));

    private YamlSequence Sequence(int column, Properties properties)
    {
        var start = properties.Any ? properties.Start : Here;
        var items = new List<YamlNode>();
        Enter(start);
        do
        {
            _at++;
            items.Add(BlockNode(column, collections: true, indentless: false));
            SkipToContent();
        }
        while (Column == column && IsIndicator('-'));

        _depth--;
        return Register(new YamlSequence(start, properties.Anchor, properties.Tag, Flow: false, items));
    }

    /// <summary>A block mapping whose keys are in a column; the first key is read already unless it is an explicit one.</summary>
    private YamlMapping Mapping(int column, Properties properties, YamlNode? key)
    {
        var start = properties.Any ? properties.Start : key?.Start ?? Here;
        var entries = new List<YamlEntry>();
        Enter(start);
        while (true)
        {
            if (key is null && IsIndicator('?'))
            {
                _at++;
                key = BlockNode(column, collections: true, indentless: true);
                SkipToContent();
                var hasValue = Column == column && IsIndicator(':');
                _at += hasValue ? 1 : 0;
                entries.Add(new YamlEntry(key, hasValue ? BlockNode(column, collections: true, indentless: true) : Empty(default, Here)));
            }
            else
            {
                key ??= Key(column);
                _at++;
                entries.Add(new YamlEntry(key, BlockNode(column, collections: false, indentless: true)));
            }

            key = null;
            SkipToContent();
            if (AtEnd || Column < column || IsMarker("---") || IsMarker("..."))
            {
                break;
            }

            if (Column > column)
            {
                throw Fault(Here, $"this is indented by {Column}, but the keys above it by {column}");
            }

            if (IsIndicator('-'))
            {
                throw Fault(Here, "a list item stands where a key is expected");
            }
        }

        _depth--;
        return Register(new YamlMapping(start, properties.Anchor, properties.Tag, Flow: false, entries));
    }

    /// <summary>A key on one line, up to its colon.</summary>
    private YamlNode Key(int column)
    {
        var properties = ReadProperties(flow: false);
        SkipBlanks();
        var key = IsIndicator(':') ? Empty(properties, Here) : Leaf(properties, column);
        var end = _at;
        SkipBlanks();
        return IsIndicator(':') ? CheckKey(key, end) : throw Fault(key.Start, "this key has no ':' behind it");
    }

    private YamlNode CheckKey(YamlNode key, int end) => key.Start.Line != _line
        ? throw Fault(Here, "a key must be on one line; is a line above it indented too far, or unfinished?")
        : end - key.Start.Offset > MaximumKeyLength
            ? throw Fault(key.Start, $"a key has at most {MaximumKeyLength} characters")
            : key;

    /// <summary>What can be a key in block context: an alias, a scalar or a flow collection.</summary>
    private YamlNode Leaf(Properties properties, int parent)
    {
        var start = properties.Any ? properties.Start : Here;
        return Peek() switch
        {
            '*' => Alias(properties),
            '"' or '\'' => Register(Quoted(properties)),
            '[' => FlowSequence(start, properties),
            '{' => FlowMapping(start, properties),
            _ => Register(Plain(properties, parent, flow: false)),
        };
    }

    private YamlAlias Alias(Properties properties)
    {
        var start = Here;
        if (properties.Any)
        {
            throw Fault(start, "an alias has no anchor or tag of its own");
        }

        _at++;
        var name = AnchorName();
        if (!_anchors.TryGetValue(name, out var target))
        {
            throw Fault(start, $"alias *{name} names no anchor above it");
        }

        var alias = new YamlAlias(start, name, target);
        _aliases.Add(alias);
        return alias;
    }

    private string AnchorName()
    {
        var rest = _text.AsSpan(_at);
        var length = rest.IndexOfAnyExcept(AnchorCharacters);
        length = length < 0 ? rest.Length : length;
        var next = length < rest.Length ? rest[length] : '\0';
        if (length == 0 || !(IsBlankOrEnd(next) || IsFlowIndicator(next)))
        {
            _at += length;
            throw Fault(Here, "an anchor's name holds letters, digits, dashes and underscores, and a blank ends it");
        }

        var name = rest[..length].ToString();
        _at += length;
        return name;
    }

    private Properties ReadProperties(bool flow)
    {
        var properties = default(Properties);
        while (Peek() is '&' or '!')
        {
            var start = Here;
            properties = properties.Any ? properties : properties with { Any = true, Start = start };
            if (Peek() == '&')
            {
                _at++;
                properties = properties.Anchor is null ? properties with { Anchor = AnchorName() } : throw Fault(start, "a node has one anchor at most");
            }
            else
            {
                properties = properties.Tag is null ? properties with { Tag = Tag(start, flow) } : throw Fault(start, "a node has one tag at most");
            }

            properties = properties with { End = _at };
            if (Peek() is not (' ' or '\t'))
            {
                break;
            }

            var (at, line, lineStart) = (_at, _line, _lineStart);
            SkipBlanks();
            if (Peek() is not ('&' or '!'))
            {
                (_at, _line, _lineStart) = (at, line, lineStart);
                break;
            }
        }

        return properties;
    }

    private string Tag(SourcePosition start, bool flow)
    {
        if (Peek(1) == '<')
        {
            var close = _text.IndexOf('>', _at);
            var uri = close < 0 ? "" : _text[(_at + 2)..close];
            if (uri.Length == 0 || uri.AsSpan().IndexOfAny(" \t\r\n") >= 0)
            {
                throw Fault(start, "a tag in angle brackets is written !<uri>");
            }

            _at = close + 1;
            return uri;
        }

        var end = _at;
        while (!IsBlankOrEnd(CharAt(end)) && !(IsFlowIndicator(CharAt(end)) && (flow || end > _at)))
        {
            end++;
        }

        var text = _text[_at..end];
        _at = end;
        if (!IsBlankOrEnd(Peek()) && !flow)
        {
            throw Fault(Here, "a blank must follow a tag");
        }

        var handleEnd = text.LastIndexOf('!') + 1;
        var (handle, suffix) = (text[..handleEnd], text[handleEnd..]);
        if (text == "!")
        {
            return "!";
        }

        return !_tagHandles.TryGetValue(handle, out var prefix)
            ? throw Fault(start, $"the tag handle {handle} is not declared by a %TAG directive")
            : suffix.Length > 0 ? prefix + Uri.UnescapeDataString(suffix) : throw Fault(start, $"the tag {text} has no name");
    }

    private static Properties Merge(Properties outer, Properties inner) => (outer.Any, inner.Any) switch
    {
        (_, false) => outer,
        (false, _) => inner,
        _ when outer.Anchor is not null && inner.Anchor is not null => throw Fault(inner.Start, "a node has one anchor at most"),
        _ when outer.Tag is not null && inner.Tag is not null => throw Fault(inner.Start, "a node has one tag at most"),
        _ => inner with { Start = outer.Start, Anchor = outer.Anchor ?? inner.Anchor, Tag = outer.Tag ?? inner.Tag },
    };

    private YamlScalar Empty(Properties properties, SourcePosition at) => properties.Any
        ? Register(new YamlScalar(properties.Start, properties.Anchor, properties.Tag, "", ScalarStyle.Plain, properties.End, properties.End, _scalars++))
        : new YamlScalar(at, null, null, "", ScalarStyle.Plain, at.Offset, at.Offset, _scalars++);

    private static YamlNode WithProperties(YamlNode node, Properties properties) =>
        node with { Start = properties.Start, Anchor = properties.Anchor, Tag = properties.Tag };

    /// <summary>An anchor names its node from its end on, so that no node can hold itself.</summary>
    private T Register<T>(T node)
        where T : YamlNode
    {
        if (node.Anchor is { } anchor)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private void Enter(SourcePosition start)
    {
        if (++_depth > MaximumDepth)
        {
            throw Fault(start, $"nested deeper than {MaximumDepth} levels");
        }
    }

    private static FaultException Fault(SourcePosition position, string message) => new(new YamlFault(position, message));

    /// <summary>Anchor and tag of a node; <c>End</c> is one past the last character of them.</summary>
    private readonly record struct Properties(bool Any, SourcePosition Start, int End, string? Anchor, string? Tag);

    private sealed class FaultException(YamlFault fault) : Exception
    {
        public YamlFault Fault { get; } = fault;
    }
}
