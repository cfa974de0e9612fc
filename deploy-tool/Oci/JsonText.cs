using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>Reads strings out of JSON from an untrusted source.</summary>
public static class JsonText
{
    /// <summary>The string property <paramref name="name"/>; null when it is absent, not a string, or it or a name beside it holds half a surrogate pair.</summary>
    public static string? Of(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
