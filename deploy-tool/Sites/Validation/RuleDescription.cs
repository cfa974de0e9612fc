namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>What a rule asks for.</summary>
/// <param name="Id">FE and four digits.</param>
/// <param name="Summary">What it asks for, as one sentence without a full stop.</param>
/// <param name="Remedy">What to do when it is broken.</param>
/// <param name="Severity">How much it weighs.</param>
internal sealed record RuleDescription(string Id, string Summary, string Remedy, Severity Severity);
