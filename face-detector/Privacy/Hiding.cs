using FaceEdge.Contracts;
using FaceEdge.Detection;

namespace FaceEdge.Privacy;

/// <summary>What one frame must not show.</summary>
internal readonly ref struct Hiding
{
    /// <summary>A frame that may be shown as it is: mode none.</summary>
    public static Hiding Nothing => default;

    /// <param name="mode">In force.</param>
    /// <param name="regions">Found in this very frame, or followed into it.</param>
    /// <param name="everything">Whether there may be faces beside the regions.</param>
    public Hiding(PrivacyMode mode, ReadOnlySpan<HiddenRegion> regions, bool everything)
    {
        Mode = mode;
        Regions = regions;
        Everything = everything;
    }

    public PrivacyMode Mode { get; }

    public ReadOnlySpan<HiddenRegion> Regions { get; }

    public bool Everything { get; }

    /// <summary>Nothing of the frame is shown: it is not wanted, or not all of it is known.</summary>
    public bool IsPlain => Mode == PrivacyMode.Boxes || (Mode == PrivacyMode.Blur && Everything);

    /// <summary>The frame may be shown as it is.</summary>
    public bool IsEmpty => Mode == PrivacyMode.None || (!IsPlain && Regions.IsEmpty);

    /// <summary>Of a picture on its own: nothing is known but what was found in it.</summary>
    /// <param name="mode">In force.</param>
    /// <param name="found">Faces down to <see cref="HiddenFaces.SearchThreshold"/>.</param>
    /// <param name="complete">False when the picture holds more than could be reported.</param>
    public static Hiding Of(PrivacyMode mode, ReadOnlySpan<Face> found, bool complete)
    {
        var regions = new HiddenRegion[found.Length];
        for (var i = 0; i < regions.Length; i++)
        {
            regions[i] = HiddenRegion.Around(found[i].Box);
        }

        return new Hiding(mode, regions, !complete);
    }
}
