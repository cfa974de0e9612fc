using FaceEdge.Deploy.Rehearsal.Expressions;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// What a condition or a <c>$[ ]</c> can refer to
/// (learn.microsoft.com/azure/devops/pipelines/process/expressions#job-status-functions and #dependencies).
/// </summary>
/// <param name="names">variables, dependencies, stageDependencies.</param>
/// <param name="before">Outcomes of what it comes after, by name, those before these included.</param>
/// <param name="isCanceled">Whether the run is being stopped.</param>
internal sealed class RunScope(IReadOnlyDictionary<string, Value> names, IReadOnlyDictionary<string, RunOutcome> before, bool isCanceled) : IScope
{
    public const string Default = "succeeded()";

    public Value? Find(string name) => names.GetValueOrDefault(name);

    public Value? Call(string function, IReadOnlyList<Value> arguments)
    {
        var outcomes = arguments.Count == 0 ? before.Values : arguments.Select(Named);
        return function.ToUpperInvariant() switch
        {
            "ALWAYS" => Value.True,
            "CANCELED" => Value.Of(isCanceled),
            "SUCCEEDED" => Value.Of(!isCanceled && outcomes.All(outcome => outcome.IsSuccess())),
            "FAILED" => Value.Of(!isCanceled && outcomes.Any(outcome => outcome == RunOutcome.Failed)),
            "SUCCEEDEDORFAILED" => Value.Of(!isCanceled && (before.Count == 0 || outcomes.Any(outcome => outcome.IsSuccess() || outcome == RunOutcome.Failed))),
            _ => null,
        };
    }

    private RunOutcome Named(Value name) => before.TryGetValue(name.Text ?? "", out var outcome)
        ? outcome
        : throw new FormatException($"'{name.Text}' is not among what it depends on ({string.Join(", ", before.Keys)})");
}
