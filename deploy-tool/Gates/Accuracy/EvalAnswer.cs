namespace FaceEdge.Deploy.Gates.Accuracy;

/// <summary>The part of <c>face-detector eval --json</c> that evidence is made of.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Gate">The comparison with a baseline; null when none was given.</param>
internal sealed record EvalAnswer(EvalReport Report, EvalGate? Gate = null);
