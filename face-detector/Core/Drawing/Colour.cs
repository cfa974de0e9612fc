namespace FaceEdge.Drawing;

/// <summary>One opaque colour of a BGR24 picture.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour White { get; } = new(255, 255, 255);

    /// <summary>The green of the boxes: bright enough to be seen on skin, on snow and at night.</summary>
    public static Colour BoxGreen { get; } = new(0, 230, 64);

    /// <summary>Text on the green: contrast 9.7 to 1.</summary>
    public static Colour LabelText { get; } = new(0, 24, 8);

    /// <summary>The backdrop of a camera that has not sent a picture yet.</summary>
    public static Colour Slate { get; } = new(38, 44, 52);
}
