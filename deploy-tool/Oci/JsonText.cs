using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>Reads strings out of JSON that nobody vouches for.</summary>
public static class JsonText
{
    /// <summary>The string property <paramref name="name"/>; null when it is absent, not a string, or holds half a surrogate pair.</summary>
    public static string? Of(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
