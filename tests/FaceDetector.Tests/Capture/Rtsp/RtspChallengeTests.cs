using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Tests.Capture.Rtsp;

/// <summary>What a server asks for, and what is said of one that asks for what ffmpeg cannot give.</summary>
public sealed class RtspChallengeTests
{
    private const string Sha256 = "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=SHA-256";

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("None", "RTSP/1.0 200 OK\r\n\r\n")]
    [InlineData("Credentials", "RTSP/1.0 401 Unauthorized\r\n\r\n")]
    [InlineData("Credentials", "RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n\r\n")]
    [InlineData("Credentials", $"RTSP/1.0 401 Unauthorized\r\n{Sha256}\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=\"MD5\"\r\n\r\n")]
    [InlineData("Credentials", $"RTSP/1.0 401 Unauthorized\r\n{Sha256}\r\nwww-authenticate: Basic realm=\"x\"\r\n\r\n")]
    [InlineData("OtherDigest", $"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n{Sha256}\r\n\r\n")]
    [InlineData("OtherDigest", "RTSP/1.0 401 Unauthorized\nWWW-Authenticate: Digest algorithm=SHA-512-256, realm=\"x\"\n\n")]
    public async Task The_challenge_is_read_of_all_its_schemes(string challenge, string answer)
    {
        using var connection = new Duplex(answer);

        Assert.Equal(Enum.Parse<RtspChallenge>(challenge), await RtspProbe.AskAsync(connection, new Uri("rtsp://10.0.0.7/x"), hasCredentials: true, Over));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_takes_passwords_by_SHA_256_alone_is_named()
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Over);
        var serving = ServeAsync(listener, over.Token);
        var options = new CameraOptions { Url = $"rtsp://admin:secret@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x" };
        using var sink = new CollectingSink();

        var exception = await Assert.ThrowsAsync<CaptureException>(() =>
            new FfmpegSource(CameraUrl.Parse(options.Url), options, TimeProvider.System).RunAsync(sink, Over));

        Assert.Equal("the camera takes passwords by SHA-256 digest alone, which this ffmpeg does not know: allow digest with MD5 in the camera's settings", exception.Message);
        await over.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task The_hint_for_a_missing_password_survives_the_masking_of_passwords()
    {
        using var connection = new Duplex($"RTSP/1.0 401 Unauthorized\r\n{Sha256}\r\n\r\n");

        var exception = await Assert.ThrowsAsync<CaptureException>(() => RtspProbe.AskAsync(connection, new Uri("rtsp://10.0.0.7/x"), hasCredentials: false, Over));

        Assert.Equal("10.0.0.7 asks for a user and a password: put user:password@ before 10.0.0.7 in the URL", CameraUrl.Parse("rtsp://10.0.0.7/x").Mask(exception.Message));
    }

    /// <summary>Each request is answered with the challenge.</summary>
    private static async Task ServeAsync(TcpListener camera, CancellationToken over)
    {
        try
        {
            while (true)
            {
                using var client = await camera.AcceptTcpClientAsync(over);
                var request = new byte[4096];
                while (await client.GetStream().ReadAsync(request, over) is var length && length > 0)
                {
                    var line = Encoding.ASCII.GetString(request, 0, length).Split('\n').FirstOrDefault(text => text.StartsWith("CSeq", StringComparison.OrdinalIgnoreCase)) ?? "CSeq: 1";
                    var isOptions = request.AsSpan().StartsWith("OPTIONS"u8);
                    await client.GetStream().WriteAsync(
                        Encoding.ASCII.GetBytes($"RTSP/1.0 {(isOptions ? "200 OK" : "401 Unauthorized")}\r\n{line.Trim()}\r\n{(isOptions ? "Public: DESCRIBE" : Sha256)}\r\n\r\n"), over);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The test is over.
        }
    }

    /// <summary>Takes what is written and gives one answer.</summary>
    private sealed class Duplex(string answer) : MemoryStream(Encoding.ASCII.GetBytes(answer))
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
