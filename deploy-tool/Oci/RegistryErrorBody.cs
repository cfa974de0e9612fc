using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>The <c>errors</c> document of the OCI distribution specification ("Error Codes").</summary>
internal static class RegistryErrorBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The first error as <c>": CODE message"</c>; empty when the body holds none.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var body = await BoundedBody.ReadAsync(response.Content, MaxBytes, RegistryHttp.RequestTimeout, cancellation);
            return body is null ? "" : Describe(body);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return "";
        }
    }

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

        return Printable.Of($": {JsonText.Of(errors[0], "code")} {JsonText.Of(errors[0], "message")}".TrimEnd());
    }
}
