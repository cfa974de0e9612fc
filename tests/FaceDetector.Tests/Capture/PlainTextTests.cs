using FaceEdge.Capture;

namespace FaceEdge.Tests.Capture;

public sealed class PlainTextTests
{
    [Fact]
    public void What_a_camera_says_cannot_forge_a_line_or_colour_a_terminal() =>
        Assert.Equal("500  2026 Camera door: live  [31m", PlainText.Of("500\r\n2026 Camera door: live\u0085\u001b[31m"));

    [Fact]
    public void What_a_camera_says_is_limited_in_length() => Assert.Equal(401, PlainText.Of(new string('x', 100_000)).Length);
}
