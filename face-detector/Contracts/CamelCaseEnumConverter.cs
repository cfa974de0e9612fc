using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>Writes enum values as words in camelCase.</summary>
internal sealed class CamelCaseEnumConverter<T> : JsonStringEnumConverter<T>
    where T : struct, Enum
{
    public CamelCaseEnumConverter()
        : base(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    {
    }
}
