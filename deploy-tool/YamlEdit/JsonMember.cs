using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>One text, number, truth value or null within a JSON text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">One past its last character.</param>
/// <param name="Value">What it means; of anything but a text, as it is written.</param>
/// <param name="Kind">What it is.</param>
internal sealed record JsonMember(int Start, int End, string Value, JsonTokenType Kind)
{
    /// <summary>Finds the one value that a path names.</summary>
    /// <returns>Null when there is exactly one, otherwise why there is not.</returns>
    public static string? TryFind(string json, YamlPath path, out JsonMember member)
    {
        member = null!;
        var text = Encoding.UTF8.GetBytes(json);
        var found = new List<JsonMember>();
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            Visit(ref reader, path.Steps, 0, text, found);
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            return $"is not JSON: {exception.Message.Split(". ")[0].TrimEnd('.')}";
        }

        switch (found)
        {
            case []:
                return $"has nothing at {path}";
            case [{ Kind: JsonTokenType.StartObject or JsonTokenType.StartArray }]:
                return $"has no single value at {path}";
            case [var one]:
                member = one;
                return null;
            default:
                return $"has more than one value at {path}";
        }
    }

    /// <summary>The value as JSON; null when what stands there is no text and the value not of its kind.</summary>
    public string? Write(string value) => Kind switch
    {
        JsonTokenType.String => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
        _ => KindOf(value) is { } kind && (kind == Kind || (IsTruth(kind) && IsTruth(Kind))) ? value : null,
    };

    private static bool IsTruth(JsonTokenType kind) => kind is JsonTokenType.True or JsonTokenType.False;

    private static JsonTokenType? KindOf(string value)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
            return value.AsSpan().Trim().Length == value.Length && reader.Read() && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) && !reader.Read()
                ? reader.TokenType
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Visit(ref Utf8JsonReader reader, IReadOnlyList<YamlPathStep> steps, int at, byte[] text, List<JsonMember> found)
    {
        if (at == steps.Count)
        {
            found.Add(Read(reader, text));
            reader.Skip();
            return;
        }

        switch (reader.TokenType, steps[at])
        {
            case (JsonTokenType.StartObject, YamlPathStep.Key key):
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isIt = reader.ValueTextEquals(key.Name);
                    reader.Read();
                    VisitOrSkip(ref reader, isIt, steps, at, text, found);
                }

                break;
            case (JsonTokenType.StartArray, not YamlPathStep.Key):
                for (var number = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
                {
                    var isIt = steps[at] is YamlPathStep.Match match ? Holds(reader, match) : ((YamlPathStep.Index)steps[at]).Number == number;
                    VisitOrSkip(ref reader, isIt, steps, at, text, found);
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void VisitOrSkip(ref Utf8JsonReader reader, bool isIt, IReadOnlyList<YamlPathStep> steps, int at, byte[] text, List<JsonMember> found)
    {
        if (isIt)
        {
            Visit(ref reader, steps, at + 1, text, found);
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>Looks ahead into an item; the reader is a copy.</summary>
    private static bool Holds(Utf8JsonReader item, YamlPathStep.Match match)
    {
        if (item.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            var isField = item.ValueTextEquals(match.Field);
            item.Read();
            if (isField)
            {
                return item.TokenType == JsonTokenType.String && item.ValueTextEquals(match.Value);
            }

            item.Skip();
        }

        return false;
    }

    private static JsonMember Read(Utf8JsonReader reader, byte[] text)
    {
        var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
        var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(text, start, end - start);
        return new JsonMember(Encoding.UTF8.GetCharCount(text, 0, start), Encoding.UTF8.GetCharCount(text, 0, end), value, reader.TokenType);
    }
}
