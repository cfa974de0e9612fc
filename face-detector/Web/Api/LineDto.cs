using FaceEdge.Web.Live;

namespace FaceEdge.Web.Api;

/// <summary>What a page is told of its own line.</summary>
/// <param name="Slow">It gets less than the camera has, because more does not come through.</param>
/// <param name="MaxWidth">Of its frames, in pixels; null for the camera's own.</param>
/// <param name="FramesPerSecond">At most, of each camera; null for all.</param>
/// <param name="KilobitsPerSecond">What came through when the line was found slow.</param>
internal sealed record LineDto(bool Slow, int? MaxWidth, int? FramesPerSecond, int KilobitsPerSecond)
{
    public static LineDto From(LineState state)
    {
        var rung = Rung.Ladder[state.Rung];
        return new LineDto(
            state.Slow,
            rung.Rendition.WidthStep == 0 ? null : rung.Rendition.MaxWidth,
            rung.FramesPerSecond,
            (int)Math.Min(Math.Round(state.BitsPerSecond / 1000), int.MaxValue));
    }
}
