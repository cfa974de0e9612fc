namespace FaceEdge.Deploy.Gates.Accuracy;

/// <summary>How well a model finds the faces of a labelled set.</summary>
internal sealed record EvalReport(string Model, string ModelSha256, IReadOnlyList<EvalSize> Sizes);
