namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Flow collections: <c>[a, b]</c> and <c>{a: b}</c>.</summary>
internal sealed partial class YamlParser
{
    private YamlSequence FlowSequence(SourcePosition start, Properties properties)
    {
        var open = Here;
        var items = new List<YamlNode>();
        Enter(open);
        _at++;
        while (!EndsFlow(open, ']'))
        {
            items.Add(FlowItem(open));
            FlowSeparator(open, ']');
        }

        _depth--;
        return Register(new YamlSequence(start, properties.Anchor, properties.Tag, Flow: true, items));
    }

    private YamlMapping FlowMapping(SourcePosition start, Properties properties)
    {
        var open = Here;
        var entries = new List<YamlEntry>();
        Enter(open);
        _at++;
        while (!EndsFlow(open, '}'))
        {
            var key = FlowKey(open);
            SkipFlow(open);
            entries.Add(new YamlEntry(key, FlowValue(open, key)));
            FlowSeparator(open, '}');
        }

        _depth--;
        return Register(new YamlMapping(start, properties.Anchor, properties.Tag, Flow: true, entries));
    }

    /// <summary>An item of a flow sequence: a node, or a mapping of one entry (<c>[a: b]</c>).</summary>
    private YamlNode FlowItem(SourcePosition open)
    {
        var start = Here;
        if (IsIndicator('?'))
        {
            var key = FlowKey(open);
            SkipFlow(open);
            return new YamlMapping(start, null, null, Flow: true, [new YamlEntry(key, FlowValue(open, key))]);
        }

        var node = FlowNode(open);
        var end = _at;
        SkipFlow(open);
        if (!IsFlowValue(node))
        {
            return node;
        }

        CheckKey(node, end);
        return new YamlMapping(start, null, null, Flow: true, [new YamlEntry(node, FlowValue(open, node))]);
    }

    /// <summary>A key with or without <c>?</c> in front of it; behind one it may be missing.</summary>
    private YamlNode FlowKey(SourcePosition open)
    {
        if (!IsIndicator('?'))
        {
            return FlowNode(open);
        }

        _at++;
        var empty = Here;
        SkipFlow(open);
        return Peek() is ',' or ']' or '}' ? Empty(default, empty) : FlowNode(open);
    }

    private YamlNode FlowNode(SourcePosition open)
    {
        var properties = default(Properties);
        while (ReadProperties(flow: true) is { Any: true } more)
        {
            properties = Merge(properties, more);
            SkipFlow(open);
        }

        var start = properties.Any ? properties.Start : Here;
        return Peek() switch
        {
            ',' or ']' or '}' when properties.Any => Empty(properties, Here),
            ':' when IsBlankOrEnd(Peek(1)) || IsFlowIndicator(Peek(1)) => Empty(properties, Here),
            '*' => Alias(properties),
            '"' or '\'' => Register(Quoted(properties)),
            '[' => FlowSequence(start, properties),
            '{' => FlowMapping(start, properties),
            _ => Register(Plain(properties, parent: -1, flow: true)),
        };
    }

    /// <summary>What follows a key of a flow mapping: a colon and perhaps a node, or nothing.</summary>
    private YamlNode FlowValue(SourcePosition open, YamlNode key)
    {
        if (!IsFlowValue(key))
        {
            return Empty(default, Here);
        }

        _at++;
        var empty = Here;
        SkipFlow(open);
        return Peek() is ',' or ']' or '}' ? Empty(default, empty) : FlowNode(open);
    }

    /// <summary>A colon is an indicator before a blank or another indicator, and anywhere behind what JSON would have as a key.</summary>
    private bool IsFlowValue(YamlNode key) => Peek() == ':' && (IsBlankOrEnd(Peek(1)) || IsFlowIndicator(Peek(1)) || IsJson(key));

    private static bool IsJson(YamlNode key) => key is YamlMapping or YamlSequence
        or YamlScalar { Style: ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted };

    private bool EndsFlow(SourcePosition open, char close)
    {
        SkipFlow(open);
        if (Peek() != close)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void FlowSeparator(SourcePosition open, char close)
    {
        SkipFlow(open);
        if (Peek() == ',')
        {
            _at++;
        }
        else if (Peek() != close)
        {
            throw Fault(Here, $"',' or '{close}' is expected here, in what the '{_text[open.Offset]}' of line {open.Line} begins");
        }
    }

    /// <summary>Skips blanks, line ends and comments within a flow collection.</summary>
    private void SkipFlow(SourcePosition open)
    {
        while (true)
        {
            SkipBlanks();
            if (IsComment)
            {
                _at = LineEnd(_at);
            }

            if (AtEnd || IsMarker("---") || IsMarker("..."))
            {
                throw Fault(open, $"this '{_text[open.Offset]}' is never closed");
            }

            if (!IsBreak(Peek()))
            {
                return;
            }

            SkipBreak();
        }
    }
}
