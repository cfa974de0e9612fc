using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>What validation found.</summary>
/// <param name="Sites">Sites looked at.</param>
/// <param name="Files">Files read.</param>
/// <param name="Findings">By file and place.</param>
internal sealed record ValidationReport(int Sites, int Files, IReadOnlyList<Finding> Findings)
{
    public int Errors => Findings.Count(one => one.Severity == Severity.Error);

    public int Warnings => Findings.Count - Errors;
}
