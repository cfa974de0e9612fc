namespace FaceEdge.Deploy.Promotion;

/// <summary>One rule that says no, by a stable identifier such as <c>order</c>.</summary>
internal sealed record Refusal(string Rule, string Message, string Remedy);
