using FaceEdge.Benchmarks.Latency;

namespace FaceEdge.Benchmarks.Budgets;

/// <summary>A ratio of two operations that the project promises to keep.</summary>
/// <param name="What">For the table.</param>
/// <param name="Numerator">Whose cost stands above the line.</param>
/// <param name="Denominator">Whose cost stands below.</param>
/// <param name="Goal">The promise.</param>
/// <param name="AtMost">Whether the ratio must not exceed the goal, or must reach it.</param>
internal sealed record Budget(string What, MeasuredOperation Numerator, MeasuredOperation Denominator, double Goal, bool AtMost)
{
    public bool IsMet(double ratio) => AtMost ? ratio <= Goal : ratio >= Goal;
}
