using SkiaSharp;

namespace FaceEdge.Demo;

/// <summary>Who a drawn person is: everything about the portrait that does not move.</summary>
internal sealed record FaceTraits
{
    /// <summary>Monk scale, 1 to 10.</summary>
    public required int Tone { get; init; }

    public required AgeGroup Age { get; init; }

    public required HairStyle Hair { get; init; }

    public required SKColor HairColor { get; init; }

    public required Headwear Headwear { get; init; }

    public required SKColor HeadwearColor { get; init; }

    public required Eyewear Eyewear { get; init; }

    public required Beard Beard { get; init; }

    public required FaceMask Mask { get; init; }

    public required Garment Garment { get; init; }

    public required SKColor GarmentColor { get; init; }

    public required SKColor EyeColor { get; init; }

    public required bool Earrings { get; init; }

    /// <summary>Factors around 1 on the width of the head, the size of the eyes, the width of nose and mouth, and the weight of the brows.</summary>
    public required float HeadWidth { get; init; }

    public required float EyeSize { get; init; }

    public required float NoseWidth { get; init; }

    public required float MouthWidth { get; init; }

    public required float LipFullness { get; init; }

    public required float BrowWeight { get; init; }
}
