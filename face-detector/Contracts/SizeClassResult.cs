namespace FaceEdge.Contracts;

/// <summary>The figures over one size class.</summary>
/// <param name="Size">The class: "all", "5%" or "10%".</param>
/// <param name="Faces">How many faces of this class there are.</param>
/// <param name="AveragePrecision">At an intersection over union of .5, 0 to 1.</param>
/// <param name="RecallAtPrecision95">The share of faces found when 95% of what is reported is right.</param>
internal sealed record SizeClassResult(string Size, int Faces, double AveragePrecision, double RecallAtPrecision95);
