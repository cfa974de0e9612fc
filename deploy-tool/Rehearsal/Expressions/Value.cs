using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Expressions;

/// <summary>
/// A value of an expression, with the casts of learn.microsoft.com/azure/devops/pipelines/process/expressions#type-casting.
/// </summary>
internal abstract record Value
{
    public static readonly Value Null = new NullValue();
    public static readonly Value True = new BooleanValue(true);
    public static readonly Value False = new BooleanValue(false);

    /// <summary>What <c>if</c> and conditions ask.</summary>
    public abstract bool IsTrue { get; }

    /// <summary>The cast to a number; null when there is none.</summary>
    public virtual double? Number => null;

    /// <summary>The cast to a text; null when there is none (lists and mappings).</summary>
    public abstract string? Text { get; }

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(string? text) => text is null ? Null : new TextValue(text);

    public static Value Of(PipelineNode? node) => node switch
    {
        null => Null,
        ScalarNode scalar => new TextValue(scalar.Value),
        _ => new NodeValue(node),
    };

    /// <summary>
    /// Whether both are equal: the right one is cast to the kind of the left, texts are compared without regard to case
    /// (learn.microsoft.com/azure/devops/pipelines/process/expressions#eq).
    /// </summary>
    public static bool AreEqual(Value left, Value right) => left switch
    {
        NullValue => right is NullValue or TextValue { Content: "" },
        BooleanValue one => right is TextValue text
            ? bool.TryParse(text.Content, out var parsed) && parsed == one.Content
            : right.IsTrue == one.Content,
        NumberValue one => right.Number is { } number && number.Equals(one.Content),
        TextValue one => right.Text is { } text && string.Equals(one.Content, text, StringComparison.OrdinalIgnoreCase),
        _ => ReferenceEquals(left, right) || left.Equals(right),
    };

    /// <summary>The value as it is inserted into YAML.</summary>
    public PipelineNode ToNode(Place place) => this switch
    {
        NodeValue { Node: var node } => node,
        FieldsValue { Fields: var fields } => new MappingNode(place, [.. fields.Select(one => new NodeEntry(new ScalarNode(place, one.Key), one.Value.ToNode(place)))]),
        _ => new ScalarNode(place, Text ?? ""),
    };

    /// <summary>The value as JSON, for <c>convertToJson</c>.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, ToNode(Place.Run), this);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, PipelineNode node, Value? value = null)
    {
        switch (value, node)
        {
            case (NullValue, _):
                writer.WriteNullValue();
                break;
            case (BooleanValue { Content: var flag }, _):
                writer.WriteBooleanValue(flag);
                break;
            case (NumberValue { Content: var number }, _):
                writer.WriteNumberValue(number);
                break;
            case (_, ScalarNode scalar):
                writer.WriteStringValue(scalar.Value);
                break;
            case (_, SequenceNode sequence):
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case (_, MappingNode mapping):
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    writer.WritePropertyName(entry.Key.Value);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
        }
    }
}

internal sealed record NullValue : Value
{
    public override bool IsTrue => false;

    public override double? Number => 0;

    public override string Text => "";
}

internal sealed record BooleanValue(bool Content) : Value
{
    public override bool IsTrue => Content;

    public override double? Number => Content ? 1 : 0;

    public override string Text => Content ? "True" : "False";
}

internal sealed record NumberValue(double Content) : Value
{
    public override bool IsTrue => Content != 0;

    public override double? Number => Content;

    public override string Text => Content.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A text. A version literal is kept as its text; <see cref="Functions"/> compares versions by their numbers.</summary>
internal sealed record TextValue(string Content) : Value
{
    public override bool IsTrue => Content.Length > 0;

    public override double? Number => Content.Length == 0
        ? 0
        : double.TryParse(Content, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public override string Text => Content;
}

/// <summary>A list or a mapping.</summary>
internal sealed record NodeValue(PipelineNode Node) : Value
{
    public override bool IsTrue => true;

    public override string? Text => null;
}

/// <summary>Named values that keep their kinds, such as the parameters of a template.</summary>
internal sealed record FieldsValue(IReadOnlyDictionary<string, Value> Fields) : Value
{
    public override bool IsTrue => true;

    public override string? Text => null;
}
