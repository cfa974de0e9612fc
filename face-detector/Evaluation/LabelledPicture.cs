namespace FaceEdge.Evaluation;

/// <summary>A picture and the faces known to be in it.</summary>
/// <param name="File">Name within the folder of images.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Faces">Those known to be in it.</param>
internal sealed record LabelledPicture(string File, int Width, int Height, IReadOnlyList<LabelledFace> Faces);
