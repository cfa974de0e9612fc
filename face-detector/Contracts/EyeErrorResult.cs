namespace FaceEdge.Contracts;

/// <summary>How far the eye centres of found faces are from where the labels have them, over one class of faces.</summary>
/// <param name="Faces">The class, such as "32 px and more" (height in the model's input) or "yaw under 15 degrees".</param>
/// <param name="Found">How many faces of this class were found; the others have no eyes to judge.</param>
/// <param name="Mean">Normalised mean error: the mean over both eyes of the distance to the labelled centre, per distance between the labelled eyes.</param>
/// <param name="Percentile90">Nine of ten faces have this error or less.</param>
internal sealed record EyeErrorResult(string Faces, int Found, double Mean, double Percentile90);
