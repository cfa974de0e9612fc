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

    private sealed class FaultException(YamlFault fault) : Exception
    {
        public YamlFault Fault { get; } = fault;
    }
}
