using System.Diagnostics;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Debian's <c>docker-registry</c> on a free port with a folder of its own, and pushes to it over its API.</summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    public const string Repository = "faceedge/face-detector";

    private static readonly HttpClient Http = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("registry-");
    private readonly Process _process;

    private LocalRegistry(int port)
    {
        Host = $"localhost:{port}";
        var config = Path.Combine(_folder.FullName, "config.yml");
        File.WriteAllText(config, $"""
            version: 0.1
            log: {'{'}level: error{'}'}
            storage:
              filesystem: {'{'}rootdirectory: {_folder.FullName}/data{'}'}
              delete: {'{'}enabled: true{'}'}
            http: {'{'}addr: "127.0.0.1:{port}"{'}'}
            """);
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", config])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public string Host { get; }

    public string Name => $"{Host}/{Repository}";

    public static async Task<LocalRegistry> StartAsync()
    {
        Assert.SkipUnless(ChildProcess.Locate("docker-registry") is not null, "docker-registry is not installed (apt-get install docker-registry)");
        var registry = new LocalRegistry(FreePort.Take());
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri($"http://{registry.Host}/v2/"));
                return registry;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(5) && !registry._process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Pushes an image of one architecture by its digest; the answer is the row of an index for it.</summary>
    public async Task<string> PushImageAsync(string os, string architecture, string variant = "", string? revision = null, string? tag = null)
    {
        var labels = revision is null ? "{}" : $$"""{"org.opencontainers.image.revision":"{{revision}}"}""";
        var config = Encoding.UTF8.GetBytes($$$"""{"architecture":"{{{architecture}}}","os":"{{{os}}}","variant":"{{{variant}}}","config":{"Labels":{{{labels}}}},"rootfs":{"type":"layers","diff_ids":[]}}""");
        await PushBlobAsync(config);
        var manifest = Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{Digest.Sha256(config)}}}","size":{{{config.Length}}}},"layers":[]}""");
        var digest = Digest.Sha256(manifest).ToString();
        await PutManifestAsync(tag ?? digest, MediaTypes.OciManifest, manifest);
        return Row(digest, manifest.Length, os, architecture, variant);
    }

    /// <summary>Pushes an index of these rows under a tag; the answer is its digest.</summary>
    public async Task<string> PushIndexAsync(string tag, params string[] rows)
    {
        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(",", rows)}}]}""");
        await PutManifestAsync(tag, MediaTypes.OciIndex, index);
        return Digest.Sha256(index).ToString();
    }

    /// <summary>Pushes an index with both architectures.</summary>
    public async Task<string> PushGoodAsync(string tag, string? revision = null) =>
        await PushIndexAsync(tag, await PushImageAsync("linux", "amd64", revision: revision ?? tag), await PushImageAsync("linux", "arm64", revision: revision ?? tag));

    public static string Row(string digest, int size, string os, string architecture, string variant = "", string extra = "") =>
        $$$"""{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{digest}}}","size":{{{size}}},"platform":{"os":"{{{os}}}","architecture":"{{{architecture}}}"{{{(variant.Length > 0 ? $",\"variant\":\"{variant}\"" : "")}}}}{{{extra}}}}""";

    public async Task DeleteManifestAsync(string digest)
    {
        using var answer = await Http.DeleteAsync(new Uri($"http://{Name.Replace("/" + Repository, "", StringComparison.Ordinal)}/v2/{Repository}/manifests/{digest}"));
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Puts a manifest as it is given.</summary>
    public async Task PutManifestAsync(string reference, string mediaType, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(mediaType);
        using var answer = await Http.PutAsync(new Uri($"http://{Host}/v2/{Repository}/manifests/{reference}"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Pushes a blob under the digest of its bytes.</summary>
    public async Task PushBlobAsync(byte[] content)
    {
        using var start = await Http.PostAsync(new Uri($"http://{Host}/v2/{Repository}/blobs/uploads/"), null);
        var upload = start.Headers.Location!.ToString();
        using var body = new ByteArrayContent(content);
        using var answer = await Http.PutAsync(new Uri($"{upload}{(upload.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Digest.Sha256(content)}"), body);
        answer.EnsureSuccessStatusCode();
    }
}
