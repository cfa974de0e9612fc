using CsCheck;
using FaceEdge.Contracts;

namespace FaceEdge.Tests.Contracts;

public sealed class CssColourTests
{
    [Theory]
    [InlineData("#FFC0CB", "#ffc0cb")]
    [InlineData("#fcb", "#ffccbb")]
    [InlineData("pink", "#ffc0cb")]
    [InlineData("RebeccaPurple", "#663399")]
    public void Colours_are_normalised_to_one_form(string text, string expected)
    {
        Assert.True(CssColour.TryParse(text, out var colour));
        Assert.Equal(expected, colour);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#12345")]
    [InlineData("#gggggg")]
    [InlineData("transparent")]
    [InlineData("ActiveBorder")]
    [InlineData("red;}body{display:none")]
    [InlineData("url(http://x)")]
    public void What_is_no_opaque_colour_is_refused(string text) => Assert.False(CssColour.TryParse(text, out _));

    [Fact]
    public void Text_on_any_background_has_the_contrast_that_WCAG_AA_asks_for() =>
        Gen.Int[0, 0xffffff].Sample(rgb =>
        {
            var background = $"#{rgb:x6}";
            var light = Math.Max(CssColour.RelativeLuminance(background), CssColour.RelativeLuminance(CssColour.TextOn(background)));
            var dark = Math.Min(CssColour.RelativeLuminance(background), CssColour.RelativeLuminance(CssColour.TextOn(background)));
            return (light + 0.05) / (dark + 0.05) >= 4.5;
        });
}
