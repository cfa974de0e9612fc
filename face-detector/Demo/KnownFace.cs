using FaceEdge.Detection;

namespace FaceEdge.Demo;

/// <summary>The truth about one drawn face.</summary>
/// <param name="Traits">Who.</param>
/// <param name="Pose">Where and how the head is held.</param>
/// <param name="Box">Around the face, as a detector trained on WIDER FACE means it.</param>
/// <param name="Landmarks">Eyes, nose tip and mouth corners.</param>
internal readonly record struct KnownFace(FaceTraits Traits, Pose Pose, Box Box, Landmarks Landmarks)
{
    /// <summary>What eyes mode boxes.</summary>
    public EyeRegions Eyes => EyeRegions.From(new Face(Box, 1, Landmarks));

    public static KnownFace Of(FaceTraits traits, in Pose pose) =>
        new(traits, pose, HeadProjection.FaceBox(traits, pose), HeadProjection.Landmarks(traits, pose));
}
