namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Anchors, aliases and tags.</summary>
internal sealed partial class YamlParser
{
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

    /// <summary>Anchor and tag of a node; <c>End</c> is one past the last character of them.</summary>
    private readonly record struct Properties(bool Any, SourcePosition Start, int End, string? Anchor, string? Tag);
}
