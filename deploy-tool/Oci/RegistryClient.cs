using System.Net;

namespace FaceEdge.Deploy.Oci;

/// <summary>The part of the OCI distribution specification that proving an image needs: manifests and small blobs, read only.</summary>
public sealed class RegistryClient(RegistryHttp http) : IDisposable
{
    /// <summary>What registries are advised to accept as a manifest (distribution specification, "Pushing Manifests").</summary>
    private const int MaxManifestBytes = 4 * 1024 * 1024;

    private const string DigestHeader = "Docker-Content-Digest";

    /// <summary>Fetches a manifest by tag or digest; null when the registry does not know it.</summary>
    public async Task<Manifest?> GetManifestAsync(ImageReference image, string reference, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(image, HttpMethod.Get, $"manifests/{reference}", MediaTypes.Accepted, cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var content = await ReadAsync(image, response, MaxManifestBytes, cancellation);
        return new Manifest(MediaTypeOf(response), content, ClaimedDigest(response));
    }

    /// <summary>
    /// Lists what refers to a manifest, as an index; null when nothing does. A registry without the referrers API is asked for the tag
    /// that stands in for it (distribution specification, "Referrers Tag Schema").
    /// </summary>
    public async Task<Manifest?> GetReferrersAsync(ImageReference image, Digest digest, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(image, HttpMethod.Get, $"referrers/{digest}", [MediaTypes.OciIndex], cancellation);
        return response.StatusCode == HttpStatusCode.NotFound
            ? await GetManifestAsync(image, $"{digest.Algorithm}-{digest.Hex}", cancellation)
            : new Manifest(MediaTypeOf(response), await ReadAsync(image, response, MaxManifestBytes, cancellation), ClaimedDigest(response));
    }

    /// <summary>
    /// Asks for a manifest's headers; null when the registry does not know it. One that has no HEAD for manifests, as some proxies in front of
    /// registries, is asked for the manifest itself.
    /// </summary>
    public async Task<ManifestHead?> HeadManifestAsync(ImageReference image, string reference, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(image, HttpMethod.Head, $"manifests/{reference}", MediaTypes.Accepted, cancellation);
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound => null,
            HttpStatusCode.MethodNotAllowed => await GetManifestAsync(image, reference, cancellation) is { } manifest
                ? new ManifestHead(manifest.ContentType, manifest.ClaimedDigest, manifest.Content.Length)
                : null,
            _ => new ManifestHead(MediaTypeOf(response), ClaimedDigest(response), response.Content.Headers.ContentLength),
        };
    }

    /// <summary>Fetches a blob of at most <paramref name="maxBytes"/>; null when it is absent, longer, or not what its digest says.</summary>
    public async Task<byte[]?> GetBlobAsync(ImageReference image, Digest digest, int maxBytes, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(image, HttpMethod.Get, $"blobs/{digest}", ["*/*"], cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var content = await ReadBodyAsync(image, response, maxBytes, cancellation);
        return content is not null && digest.Matches(content) ? content : null;
    }

    public void Dispose() => http.Dispose();

    private static string MediaTypeOf(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType ?? "";

    private static string? ClaimedDigest(HttpResponseMessage response) =>
        response.Headers.TryGetValues(DigestHeader, out var values) ? values.First() : null;

    private static async Task<byte[]> ReadAsync(ImageReference image, HttpResponseMessage response, int maxBytes, CancellationToken cancellation) =>
        await ReadBodyAsync(image, response, maxBytes, cancellation)
        ?? throw RegistryException.Unavailable(
            $"registry {image.Registry} sends a manifest of more than {maxBytes:N0} bytes for {image.Repository}", "check the image's name");

    private static async Task<byte[]?> ReadBodyAsync(
        ImageReference image, HttpResponseMessage response, int maxBytes, CancellationToken cancellation)
    {
        try
        {
            return await BoundedBody.ReadAsync(response.Content, maxBytes, RegistryHttp.RequestTimeout, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw RegistryException.Unavailable(
                $"registry {image.Registry} gives no whole answer for {image.Repository}: {HttpFault.Cause(exception)}", "try again later; nothing was decided", exception);
        }
    }
}

/// <summary>A manifest as the registry sent it.</summary>
/// <param name="ContentType">The <c>Content-Type</c> header without parameters; empty when there is none.</param>
/// <param name="Content">The raw bytes, over which the digest is taken.</param>
/// <param name="ClaimedDigest">The <c>Docker-Content-Digest</c> header as sent; null when there is none.</param>
public sealed record Manifest(string ContentType, ReadOnlyMemory<byte> Content, string? ClaimedDigest);

/// <summary>The headers alone of a manifest; the length in bytes is null when the registry does not say.</summary>
public sealed record ManifestHead(string ContentType, string? ClaimedDigest, long? Length);
