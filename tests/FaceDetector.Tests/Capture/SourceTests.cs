using System.Buffers;
using System.Text;
using FaceEdge.Capture;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using Microsoft.AspNetCore.Http;

namespace FaceEdge.Tests.Capture;

public sealed class SourceTests : IDisposable
{
    private readonly PortableBackend _imaging = PortableBackend.Create();
    private readonly CollectingSink _sink = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("faceedge-").FullName;

    [Fact]
    public async Task An_mjpeg_stream_is_read_frame_by_frame()
    {
        await using var camera = await HttpCamera.StartAsync(async context =>
        {
            context.Response.ContentType = "multipart/x-mixed-replace; boundary=\"--cam\"";
            for (byte i = 1; i <= 5; i++)
            {
                await WritePartAsync(context, Jpeg(40 * i));
            }
        });

        await Start(camera.Url);

        Assert.Equal(5, _sink.Count);
    }

    [Fact]
    public async Task A_snapshot_camera_is_asked_again_and_again()
    {
        var asked = 0;
        await using var camera = await HttpCamera.StartAsync(async context =>
        {
            context.Response.ContentType = "image/jpeg";
            await context.Response.Body.WriteAsync(Jpeg(40 * (1 + (Interlocked.Increment(ref asked) % 3))));
        });

        var run = Start(camera.Url);
        using var third = await _sink.NextAsync(2);
        await StopAsync(run);

        Assert.True(asked >= 3);
    }

    [Fact]
    public async Task Basic_credentials_of_the_url_are_sent_and_refused_ones_are_named()
    {
        await using var camera = await HttpCamera.StartAsync(async context =>
        {
            var expected = $"Basic {Convert.ToBase64String("admin:p@ss"u8)}";
            if (context.Request.Headers.Authorization != expected)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"camera\"";
                return;
            }

            context.Response.ContentType = "image/jpeg";
            await context.Response.Body.WriteAsync(Jpeg(80));
        });

        Assert.Equal("the camera refuses the user or the password", await FaultAsync(camera.Url.Replace("//", "//admin:wrong@", StringComparison.Ordinal)));
        Assert.Contains("asks for a user and a password", await FaultAsync(camera.Url), StringComparison.Ordinal);
        var run = Start(camera.Url.Replace("//", "//admin:p@ss@", StringComparison.Ordinal));
        using var frame = await _sink.NextAsync(0);
        await StopAsync(run);
    }

    [Fact]
    public async Task A_web_page_in_place_of_a_snapshot_is_told_as_such()
    {
        await using var camera = await HttpCamera.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>");
        });

        Assert.Equal("127.0.0.1 answers text/html where a snapshot or an MJPEG stream is expected: is /camera its address?", await FaultAsync(camera.Url));
        Assert.Equal("127.0.0.1 has nothing at /attic", await FaultAsync(camera.Url.Replace("/camera", "/attic", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_broken_frame_is_left_out_and_a_row_of_them_ends_the_connection()
    {
        await using var camera = await HttpCamera.StartAsync(async context =>
        {
            context.Response.ContentType = "multipart/x-mixed-replace; boundary=cam";
            await WritePartAsync(context, Jpeg(40)[..200]);
            await WritePartAsync(context, Jpeg(80));
            for (var i = 0; i < 10; i++)
            {
                await WritePartAsync(context, "not a frame"u8.ToArray());
            }
        });

        var fault = await FaultAsync(camera.Url);

        Assert.Equal(1, _sink.Count);
        Assert.StartsWith("the camera sends what no frame can be made of: ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_shows_its_pictures_by_name_around_and_around_and_leaves_broken_ones_out()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "b.jpg"), Jpeg(200), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.jpg"), Jpeg(40), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "aa.png"), "not a picture", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "notes.txt"), "no picture at all", TestContext.Current.CancellationToken);

        var run = Start(_folder);
        var shades = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var frame = await _sink.NextAsync(i);
            shades.Add(frame.Pixels[0]);
        }

        await StopAsync(run);

        Assert.True(shades[0] < 60 && shades[1] > 180 && shades[2] < 60 && shades[3] > 180, string.Join(' ', shades));
    }

    [Fact]
    public async Task A_folder_without_pictures_and_one_that_is_not_there_say_so()
    {
        Assert.Equal($"{_folder} holds no JPEG, PNG or WebP picture", await FaultAsync(_folder));
        Assert.StartsWith("there is no ", await FaultAsync(Path.Combine(_folder, "gone.jpg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitors_frames_flow_while_the_session_is_open_and_only_one_visitor_is_let_in()
    {
        var source = new BrowserSource(_imaging);
        var run = source.RunAsync(_sink, _stop.Token);
        using var session = source.TryOpen();

        Assert.Null(source.TryOpen());
        Frame? frame = null;
        while (frame is null)
        {
            // The source notices the session with a delay; until then frames are left out.
            session!.Push(Jpeg(80), ImageLimits.Default);
            await Task.Yield();
            frame = _sink.Count > 0 ? await _sink.NextAsync(0) : null;
        }

        frame.Dispose();
        Assert.Throws<InvalidImageException>(() => session!.Push("not a picture"u8, ImageLimits.Default));
        session!.Dispose();

        Assert.Equal("the visitor's camera was switched off", (await Assert.ThrowsAsync<CaptureException>(() => run)).Message);
        using var next = source.TryOpen();
        Assert.NotNull(next);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _sink.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task Start(string url) => Create(url).RunAsync(_sink, _stop.Token);

    private IFrameSource Create(string url) => new FrameSourceFactory(_imaging, TimeProvider.System).Create(new CameraOptions
    {
        Url = url,
        PictureTime = TimeSpan.FromMilliseconds(50),
        SnapshotInterval = TimeSpan.FromMilliseconds(10),
    });

    private async Task<string> FaultAsync(string url) => (await Assert.ThrowsAsync<CaptureException>(() => Start(url))).Message;

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static async Task WritePartAsync(HttpContext context, byte[] frame)
    {
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($"--cam\r\nContent-Type: image/jpeg\r\nContent-Length: {frame.Length}\r\n\r\n"));
        await context.Response.Body.WriteAsync(frame);
        await context.Response.Body.WriteAsync("\r\n"u8.ToArray());
    }

    /// <summary>A grey frame.</summary>
    private byte[] Jpeg(int shade)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(64, 48);
        frame.Pixels.Fill((byte)shade);
        var output = new ArrayBufferWriter<byte>();
        _imaging.EncodeJpeg(frame, 80, output);
        return output.WrittenSpan.ToArray();
    }
}
