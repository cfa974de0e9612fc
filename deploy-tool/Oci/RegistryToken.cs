using System.Net.Http.Headers;
using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>A token service's answer.</summary>
internal sealed record RegistryToken(AuthenticationHeaderValue Header, TimeSpan Lifetime)
{
    /// <summary>The lifetime where the answer names none, as the token specification says.</summary>
    private const int DefaultSeconds = 60;

    /// <summary>Longer lifetimes are cut to this: no command runs longer.</summary>
    private const int MaxSeconds = 24 * 3600;

    /// <summary>Reads <c>token</c> or <c>access_token</c> with <c>expires_in</c>; null when there is no usable token.</summary>
    public static RegistryToken? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var token = JsonText.Of(root, "token") ?? JsonText.Of(root, "access_token");
            if (string.IsNullOrEmpty(token) || !token.All(character => char.IsAscii(character) && !char.IsControl(character) && character != ' '))
            {
                return null;
            }

            var seconds = root.TryGetProperty("expires_in", out var expires) && expires.ValueKind == JsonValueKind.Number
                && expires.TryGetInt32(out var given) && given > 0
                ? Math.Min(given, MaxSeconds)
                : DefaultSeconds;

            // A tenth less, so that a token does not run out on its way.
            return new RegistryToken(new AuthenticationHeaderValue("Bearer", token), TimeSpan.FromSeconds(seconds * 0.9));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
