namespace FaceEdge.Deploy.Gates.Accuracy;

/// <summary>Average precision over the faces of one range of sizes.</summary>
internal sealed record EvalSize(string Size, double AveragePrecision);
