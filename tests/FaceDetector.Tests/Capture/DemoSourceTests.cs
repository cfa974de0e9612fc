using FaceEdge.Capture;
using FaceEdge.Demo;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Capture;

public sealed class DemoSourceTests
{
    [Fact]
    public async Task Frames_of_the_asked_size_come_until_the_source_is_stopped()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var sink = new StoppingSink(stop, after: 3);
        var source = new DemoSource(new DemoSettings(200, 120, 2, 60, 1), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.RunAsync(sink, stop.Token));

        Assert.Equal([(200, 120), (200, 120), (200, 120)], sink.Sizes);
    }

    private sealed class StoppingSink(CancellationTokenSource stop, int after) : IFrameSink, IDisposable
    {
        public FramePool Pool { get; } = new();

        public List<(int Width, int Height)> Sizes { get; } = [];

        public void Publish(Frame frame)
        {
            using (frame)
            {
                Sizes.Add((frame.Width, frame.Height));
            }

            if (Sizes.Count == after)
            {
                stop.Cancel();
            }
        }

        public void Dispose() => Pool.Dispose();
    }
}
