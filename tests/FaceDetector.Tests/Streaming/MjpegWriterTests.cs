using System.IO.Pipelines;
using System.Text;
using FaceEdge.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace FaceEdge.Tests.Streaming;

public sealed class MjpegWriterTests
{
    [Fact]
    public async Task Each_frame_is_ended_by_its_boundary_so_that_it_is_shown_at_once()
    {
        var pipe = new Pipe();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddSeconds(1_000));
        using var writer = new MjpegWriter(pipe.Writer, TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);
        var arrived = time.GetTimestamp();

        Assert.True(await writer.WriteAsync("one"u8.ToArray(), arrived));
        time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.True(await writer.WriteAsync("three"u8.ToArray(), arrived));
        await pipe.Writer.CompleteAsync();

        var read = await new StreamReader(pipe.Reader.AsStream(), Encoding.Latin1).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\nX-Timestamp: 1000.000\r\nX-Time: 1000.000\r\n\r\none\r\n"
            + "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 5\r\nX-Timestamp: 1000.000\r\nX-Time: 1000.040\r\n\r\nthree\r\n--frame\r\n",
            read);
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_is_given_up()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 8, resumeWriterThreshold: 4));
        using var writer = new MjpegWriter(pipe.Writer, TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(await writer.WriteAsync(new byte[64], 0));
    }

    [Fact]
    public async Task A_viewer_that_has_gone_is_noticed()
    {
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        using var writer = new MjpegWriter(pipe.Writer, TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(await writer.WriteAsync(new byte[64], 0));
    }
}
