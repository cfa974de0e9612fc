namespace FaceEdge.Evaluation;

/// <summary>One prediction that counts.</summary>
/// <param name="Score">Its confidence score.</param>
/// <param name="IsCorrect">Whether it matched a face that no stronger prediction had matched.</param>
internal readonly record struct Judgement(float Score, bool IsCorrect);
