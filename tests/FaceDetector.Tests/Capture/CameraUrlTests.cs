using CsCheck;
using FaceEdge.Capture;

namespace FaceEdge.Tests.Capture;

public sealed class CameraUrlTests
{
    [Theory]
    [InlineData("rtsp://10.0.0.7/stream1", "Rtsp")]
    [InlineData("RTSPS://cam:322/x", "Rtsp")]
    [InlineData("http://cam/mjpeg", "Http")]
    [InlineData("https://cam/snapshot.jpg", "Http")]
    [InlineData("/dev/video2", "Device")]
    [InlineData("/clips/lobby.mp4", "File")]
    [InlineData("pictures", "File")]
    [InlineData("file:///clips/lobby.mp4", "File")]
    [InlineData("browser:", "Browser")]
    [InlineData("demo:", "Demo")]
    [InlineData("demo:?faces=3", "Demo")]
    public void The_address_tells_the_kind_of_camera(string text, string kind) =>
        Assert.Equal(kind, CameraUrl.Parse(text).Kind.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ftp://cam/x")]
    [InlineData("rtsp://")]
    [InlineData("rtsp:///path")]
    [InlineData("rtsp://user:secret@/path")]
    [InlineData("rtsp://cam/a\nb")]
    [InlineData("rtsp://admin:12?secret@10.0.0.7/x")]
    [InlineData("rtsp://admin:12/secret@camera/x")]
    [InlineData("http:admin:secret@camera/x")]
    [InlineData(@"rtsp:\\/admin:secret@camera/x")]
    [InlineData(@"rtsp:\/admin:secret@camera/x?a=://b")]
    [InlineData("RTSP_URL=rtsp://admin:secret@camera/x")]
    [InlineData("//admin:secret@camera/x")]
    [InlineData("secret@10.0.0.7/stream")]
    [InlineData("secret@camera:554/stream")]
    [InlineData("secret@localhost")]
    [InlineData("admin:secret@camera/x")]
    [InlineData("secret:admin@camera/x")]
    [InlineData("rtsp//admin:secret@camera/x")]
    [InlineData("browser://admin:secret@camera/x")]
    public void What_is_no_camera_is_refused_with_what_is_allowed(string text)
    {
        Assert.False(CameraUrl.TryParse(text, out _, out var error));
        Assert.Contains("://", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://admin:s3cret@10.0.0.7/stream", "rtsp://***@10.0.0.7/stream", "rtsp://admin:s3cret@10.0.0.7/stream")]
    [InlineData("rtsp://admin:p@ss@10.0.0.7/stream", "rtsp://***@10.0.0.7/stream", "rtsp://admin:p%40ss@10.0.0.7/stream")]
    [InlineData("rtsp://admin:p@ss/w@10.0.0.7:554/x", "rtsp://***@10.0.0.7:554/x", "rtsp://admin:p%40ss%2Fw@10.0.0.7:554/x")]
    [InlineData("rtsp://admin:12/34@10.0.0.7/x", "rtsp://***@10.0.0.7/x", "rtsp://admin:12%2F34@10.0.0.7/x")]
    [InlineData("rtsp://admin:a@b.c/d@10.0.0.7/x", "rtsp://***@10.0.0.7/x", "rtsp://admin:a%40b.c%2Fd@10.0.0.7/x")]
    [InlineData("rtsp://admin:p%40ss@10.0.0.7/x", "rtsp://***@10.0.0.7/x", "rtsp://admin:p%40ss@10.0.0.7/x")]
    [InlineData("http://viewer@cam/x", "http://***@cam/x", "http://viewer@cam/x")]
    [InlineData("rtsp://u:secret@[fe80::1]:554/x", "rtsp://***@[fe80::1]:554/x", "rtsp://u:secret@[fe80::1]:554/x")]
    [InlineData("http://cam/video?user=bob&pwd=secret&size=2", "http://cam/video?user=***&pwd=***&size=2", "http://cam/video?user=bob&pwd=secret&size=2")]
    [InlineData("http://cam/x?loginuse=admin&loginpas=secret", "http://cam/x?loginuse=***&loginpas=***", "http://cam/x?loginuse=admin&loginpas=secret")]
    [InlineData("rtsp://10.0.0.7/user=admin_password=secret_channel=1.sdp", "rtsp://10.0.0.7/user=***", "rtsp://10.0.0.7/user=admin_password=secret_channel=1.sdp")]
    [InlineData("rtsp://10.0.0.7/user=admin&password=&channel=1", "rtsp://10.0.0.7/user=***", "rtsp://10.0.0.7/user=admin&password=&channel=1")]
    public void Credentials_are_masked_for_eyes_and_escaped_for_the_connection(string text, string shown, string secret)
    {
        var url = CameraUrl.Parse(text);

        Assert.Equal((shown, secret), (url.ToString(), url.Secret));
    }

    [Theory]
    [InlineData("\"rtsp://admin:s3cret@10.0.0.7/x\"")]
    [InlineData("'rtsp://admin:s3cret@10.0.0.7/x'")]
    [InlineData(" \u201crtsp://admin:s3cret@10.0.0.7/x\u201d\n")]
    [InlineData("\u200brtsp://admin:s3cret@10.0.0.7/x\ufeff")]
    [InlineData("\u200e\" 'rtsp://admin:s3cret@10.0.0.7/x' \"")]
    [InlineData("rt\u00adsp:\u200b//admin:s3cret@10.0.0.7/x")]
    public void Quotes_and_invisible_characters_around_an_address_are_taken_off(string text) =>
        Assert.Equal("rtsp://admin:s3cret@10.0.0.7/x", CameraUrl.Parse(text).Secret);

    [Theory]
    [InlineData("clips/a b@2x.mp4", "***@2x.mp4")]
    [InlineData("/media/admin:s3cret@10.0.0.7/a.mp4", "***@10.0.0.7/a.mp4")]
    [InlineData("s3cret@camera/stream", "***@camera/stream")]
    [InlineData("10.0.0.7/video?token=s3cret&size=2", "10.0.0.7/video?token=***&size=2")]
    [InlineData("password=s3cret", "password=***")]
    [InlineData("/media/front door.mp4", "/media/front door.mp4")]
    [InlineData("file:///media/front%20door.mp4", "/media/front door.mp4")]
    public void What_is_taken_for_a_path_is_masked_by_the_rule_of_addresses(string text, string shown)
    {
        var url = CameraUrl.Parse(text);

        Assert.Equal((CameraKind.File, shown), (url.Kind, url.ToString()));
        Assert.Equal($"there is no {shown}", url.Mask($"there is no {url.Secret}"));
    }

    [Fact]
    public void Credentials_are_taken_out_of_what_a_library_says()
    {
        var url = CameraUrl.Parse("rtsp://admin:p@ss/w@10.0.0.7/x");

        Assert.Equal(
            "cannot open rtsp://***@10.0.0.7/x with ***, nor http://***@other/",
            url.Mask("cannot open rtsp://admin:p%40ss%2Fw@10.0.0.7/x with p@ss/w, nor http://who:what@other/"));
    }

    [Fact]
    public void No_password_of_any_letters_is_ever_shown() => Gen.Char["abcXYZ019@:/?#%&=.-_ "].Array[4, 12].Sample(letters =>
    {
        // As people paste it: shown masked, or refused without a part of it.
        var password = new string(letters).Trim();
        if (password.Length >= 4 && CameraUrl.TryParse($"rtsp://admin:{password}@192.168.1.64:554/live", out var url, out _))
        {
            Assert.Equal("rtsp://***@192.168.1.64:554/live", url.ToString());
        }
    });
}
