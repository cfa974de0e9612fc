using FaceEdge.Detection;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>A picture on which the two models differ.</summary>
/// <param name="Picture">Which.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Agreed">Boxes of A that B has too.</param>
/// <param name="Faces">Those that only one finds, strongest first; never empty.</param>
internal sealed record PictureDifference(PictureToCompare Picture, int Width, int Height, IReadOnlyList<Box> Agreed, IReadOnlyList<FaceDifference> Faces)
{
    public float Strength => Faces[0].Strength;
}
