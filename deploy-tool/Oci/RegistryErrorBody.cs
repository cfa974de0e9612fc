using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Oci;

/// <summary>The <c>errors</c> document of the OCI distribution specification ("Error Codes").</summary>
internal static partial class RegistryErrorBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>What is said of a body that is not the registry's own, such as a proxy's page.</summary>
    private const int MaxWords = 200;

    /// <summary>The first error as <c>": CODE message"</c>, or the first words of another text; empty when the body holds none.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response.Content, MaxBytes, RegistryHttp.RequestTimeout, cancellation);
            return body is null ? "" : response.Content.Headers.ContentType?.MediaType is "text/plain" or "text/html" ? Words(body) : Describe(body);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return "";
        }
    }

    /// <summary>The first line of a text that is not markup: the title of a proxy's page, or the one sentence of a server.</summary>
    private static string Words(ReadOnlySpan<byte> body)
    {
        var text = Markup().Replace(Encoding.UTF8.GetString(body), "\n");
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        return line.Length == 0 ? "" : Sanitize.Of(": " + line[..Math.Min(line.Length, MaxWords)].TrimEnd('.'));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    internal static string Describe(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("errors", out var errors)
            || errors.ValueKind != JsonValueKind.Array
            || errors.GetArrayLength() == 0)
        {
            return "";
        }

        return Sanitize.Of($": {JsonText.Of(errors[0], "code")} {JsonText.Of(errors[0], "message")}".TrimEnd());
    }
}
