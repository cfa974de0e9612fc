namespace FaceEdge.Contracts;

/// <summary>One rule that says no.</summary>
/// <param name="Rule">A stable identifier, such as <c>platform-missing</c>.</param>
/// <param name="Message">What is wrong, and where.</param>
/// <param name="Remedy">What to do about it: an imperative sentence without a full stop.</param>
public sealed record Refusal(string Rule, string Message, string Remedy);
