using FaceEdge.Models;
namespace FaceEdge.Detection;

/// <summary>
/// Where a frame lies in the model's input: scaled with its aspect kept, in the top left corner, black to the right or below.
/// </summary>
/// <param name="Width">Pixels of the input that the frame covers, 1 to the input's width.</param>
/// <param name="Height">Rows of the input that the frame covers, 1 to the input's height.</param>
/// <param name="ScaleX">Pixels of the frame per pixel of the input, across.</param>
/// <param name="ScaleY">The same, down; differs from <paramref name="ScaleX"/> only by the rounding to whole pixels.</param>
internal readonly record struct Letterbox(int Width, int Height, float ScaleX, float ScaleY)
{
    public static Letterbox Fit(int frameWidth, int frameHeight, InputShape input)
    {
        var scale = Math.Min((double)input.Width / frameWidth, (double)input.Height / frameHeight);
        var width = Math.Clamp((int)Math.Round(frameWidth * scale), 1, input.Width);
        var height = Math.Clamp((int)Math.Round(frameHeight * scale), 1, input.Height);
        return new Letterbox(width, height, (float)frameWidth / width, (float)frameHeight / height);
    }
}
