namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>Two ratios to base between which a slowdown is neither refused nor has to be ruled out.</summary>
/// <param name="Margin">A slowdown shown to exceed this share fails, such as 0.05.</param>
/// <param name="Limit">Nothing passes before a slowdown of this share is ruled out, such as 0.10; above <paramref name="Margin"/>.</param>
public readonly record struct Threshold(double Margin, double Limit)
{
    public double LogMargin => Math.Log(1 + Margin);

    public double LogLimit => Math.Log(1 + Limit);
}
