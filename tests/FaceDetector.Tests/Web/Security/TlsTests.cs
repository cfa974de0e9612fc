using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Web.Security;

public sealed class TlsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Settings_alone_turn_TLS_on_and_only_then_browsers_are_told_to_keep_to_it()
    {
        using var folder = new TemporaryFolder();
        using var certificate = Write(folder.Path);
        await using var service = await RunningService.StartAsync(
            "--Kestrel:Endpoints:Site:Url=https://127.0.0.1:0",
            $"--Kestrel:Endpoints:Site:Certificate:Path={Path.Combine(folder.Path, "site.crt")}",
            $"--Kestrel:Endpoints:Site:Certificate:KeyPath={Path.Combine(folder.Path, "site.key")}");
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint,
        };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };

        var answer = await client.GetAsync("/", Cancellation);

        Assert.Equal(("https", HttpStatusCode.OK), (service.Client.BaseAddress!.Scheme, answer.StatusCode));
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.GetAsync("/", Cancellation));
    }

    /// <summary>A certificate of the test's own, as an operator would mount it: two PEM files.</summary>
    private static X509Certificate2 Write(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=site-7", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "site.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "site.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
