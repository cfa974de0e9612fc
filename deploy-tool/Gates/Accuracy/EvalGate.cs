namespace FaceEdge.Deploy.Gates.Accuracy;

/// <summary>What eval decided, in its own words.</summary>
internal sealed record EvalGate(string Decision, string Reason);
