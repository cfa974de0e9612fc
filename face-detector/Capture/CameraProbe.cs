using System.Net.Sockets;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Capture;

/// <summary>
/// Checks cheaply whether a camera is there: a connection that is closed as soon as it is open, or a look at the file. Notices that a lost camera is back
/// long before the next attempt to connect would.
/// </summary>
internal sealed class CameraProbe
{
    /// <summary>A camera at a site answers in milliseconds, and over a slow line within a second.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<bool>> _answers;

    /// <param name="answers">Whether the camera is there; throws only when cancelled.</param>
    internal CameraProbe(Func<CancellationToken, Task<bool>> answers) => _answers = answers;

    /// <summary>How a camera is asked; null for one that is always there, or that only a proxy reaches.</summary>
    public static CameraProbe? For(CameraOptions options, TimeProvider clock)
    {
        var url = CameraUrl.Parse(options.Url);
        switch (url.Kind)
        {
            case CameraKind.Rtsp:
            case CameraKind.Http when !options.UseProxy:
                var address = new Uri(url.Secret);
                return new CameraProbe(cancellationToken => ConnectsAsync(address.IdnHost, RtspProbe.PortOf(address), clock, cancellationToken));
            case CameraKind.File:
            case CameraKind.Device:
                return new CameraProbe(_ => Task.FromResult(Path.Exists(url.Secret)));
            default:
                return null;
        }
    }

    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => _answers(cancellationToken);

    private static async Task<bool> ConnectsAsync(string host, int port, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, both.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
