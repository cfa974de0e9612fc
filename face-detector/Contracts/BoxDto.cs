using FaceEdge.Detection;

namespace FaceEdge.Web.Contracts;

/// <summary>A rectangle in pixels of the original picture, origin top left.</summary>
internal sealed record BoxDto(float X, float Y, float Width, float Height)
{
    public static BoxDto From(in Box box) => new(Round(box.X), Round(box.Y), Round(box.Width), Round(box.Height));

    /// <summary>A hundredth of a pixel is finer than any model.</summary>
    internal static float Round(float value) => MathF.Round(value, 2);
}
