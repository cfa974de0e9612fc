using System.Net;
using System.Net.Http.Headers;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Rehearsal.Packing;

/// <summary>
/// Pushes blobs and manifests to a registry that asks for no login (OCI distribution specification, "Pushing blobs" and "Pushing
/// manifests"). For a registry with a login there are Docker and buildah.
/// </summary>
internal sealed class ImagePusher(ImageReference image, bool insecure) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private readonly string _base = $"{RegistryAddress.Of(image.Registry, insecure)}v2/{image.Repository}/";

    /// <summary>Pushes a blob that the registry does not have yet.</summary>
    public async Task<Digest> PushBlobAsync(byte[] content, CancellationToken cancellation)
    {
        var digest = Digest.Sha256(content);
        using var head = await SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{_base}blobs/{digest}"), cancellation);
        if (head.IsSuccessStatusCode)
        {
            return digest;
        }

        using var start = await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{_base}blobs/uploads/"), cancellation);
        Require(start, "to begin an upload");
        var upload = new Uri(new Uri(_base), start.Headers.Location ?? throw Away("it names no place for an upload"));
        var address = upload + (upload.Query.Length > 0 ? "&" : "?") + "digest=" + digest;
        using var put = await SendAsync(
            new HttpRequestMessage(HttpMethod.Put, address) { Content = Body(content, "application/octet-stream") }, cancellation);
        Require(put, $"to take {digest}");
        return digest;
    }

    /// <summary>Pushes a manifest or index under a tag or its digest.</summary>
    public async Task<Digest> PushManifestAsync(string reference, string mediaType, byte[] content, CancellationToken cancellation)
    {
        using var put = await SendAsync(new HttpRequestMessage(HttpMethod.Put, $"{_base}manifests/{reference}") { Content = Body(content, mediaType) }, cancellation);
        Require(put, $"to take the manifest {reference}");
        return Digest.Sha256(content);
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Body(byte[] content, string mediaType) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw Away(HttpFault.Cause(exception), exception);
        }
        finally
        {
            request.Dispose();
        }
    }

    private void Require(HttpResponseMessage response, string what)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw DeployException.Undecided($"registry {image.Registry} asks for a login", "build with --engine docker or --engine buildah");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw DeployException.Undecided($"registry {image.Registry} refuses {what} ({(int)response.StatusCode})", "check the registry and the repository's name");
        }
    }

    private DeployException Away(string why, Exception? inner = null) =>
        DeployException.Undecided($"registry {image.Registry} is away: {why}", "start it, or correct its name", inner);
}
