using CsCheck;
using FaceEdge.Capture;
using FaceEdge.Demo;

namespace FaceEdge.Tests.Demo;

public sealed class DemoUrlTests
{
    [Fact]
    public void A_bare_scheme_gives_the_defaults() => Assert.Equal(new DemoSettings(1280, 720, 6, 30, 1), DemoUrl.Parse("demo:"));

    [Fact]
    public void Every_parameter_is_read() =>
        Assert.Equal(new DemoSettings(640, 360, 5, 25, 7), DemoUrl.Parse("demo:?size=640x360&faces=5&fps=25&seed=7"));

    [Theory]
    [InlineData("demo:?faces=13", "faces=\"13\" is not a whole number from 0 to 12")]
    [InlineData("demo:?faces=many", "faces=\"many\"")]
    [InlineData("demo:?fps=121", "from 1 to 120")]
    [InlineData("demo:?size=1280", "is not WIDTHxHEIGHT")]
    [InlineData("demo:?size=80x720", "size (width)=\"80\" is not a whole number from 160 to 3840")]
    [InlineData("demo:?seed=-1", "seed=\"-1\"")]
    [InlineData("demo:?speed=2", "has no parameter \"speed\"")]
    [InlineData("demo:?seed=1&seed=2", "\"seed\" is given twice")]
    [InlineData("demo://host", "is not a demo URL")]
    public void What_cannot_be_meant_is_refused_by_name(string url, string fault)
    {
        Assert.Contains(fault, Assert.Throws<FormatException>(() => DemoUrl.Parse(url)).Message, StringComparison.Ordinal);
        Assert.False(CameraUrl.TryParse(url, out _, out var error));
        Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_in_words() =>
        Gen.String[Gen.Char["?&=x0123456789sizefacpd"], 0, 24].Sample(text =>
        {
            if (DemoUrl.FaultOf("demo:" + text) is null)
            {
                var settings = DemoUrl.Parse("demo:" + text);
                Assert.InRange(settings.Faces, 1, 12);
                Assert.InRange(settings.Width, 160, 3840);
            }
        });
}
