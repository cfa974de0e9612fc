namespace FaceEdge.Evaluation.Comparison;

/// <param name="Path">The file.</param>
/// <param name="Name">What the report calls it.</param>
/// <param name="Labels">What is known of it; null when nothing is.</param>
internal sealed record PictureToCompare(string Path, string Name, LabelledPicture? Labels);
