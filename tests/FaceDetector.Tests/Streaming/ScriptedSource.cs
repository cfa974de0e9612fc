using System.Threading.Channels;
using FaceEdge.Capture;

namespace FaceEdge.Tests.Streaming;

/// <summary>A camera that does what the test says: sends a frame of one grey, or fails.</summary>
internal sealed class ScriptedSource : IFrameSource
{
    public const int Width = 320;
    public const int Height = 240;

    private readonly Channel<byte?> _script = Channel.CreateUnbounded<byte?>();

    public void Send(byte grey) => _script.Writer.TryWrite(grey);

    public void Fail() => _script.Writer.TryWrite(null);

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _script.Reader.ReadAsync(cancellationToken) is not { } grey)
            {
                throw new CaptureException("the plug was pulled");
            }

            var frame = sink.Pool.Rent(Width, Height);
            frame.Pixels.Fill(grey);
            sink.Publish(frame);
        }
    }
}
