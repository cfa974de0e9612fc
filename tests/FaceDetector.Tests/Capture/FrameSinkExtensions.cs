using FaceEdge.Capture;

namespace FaceEdge.Tests.Capture;

internal static class FrameSinkExtensions
{
    /// <summary>Publishes a frame of one colour.</summary>
    public static void Show(this IFrameSink sink, byte colour)
    {
        var frame = sink.Pool.Rent(8, 4);
        frame.Pixels.Fill(colour);
        sink.Publish(frame);
    }
}
