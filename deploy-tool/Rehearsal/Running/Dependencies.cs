using FaceEdge.Deploy.Rehearsal.Expressions;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// The values of <c>dependencies</c> and <c>stageDependencies</c>
/// (learn.microsoft.com/azure/devops/pipelines/process/expressions#dependencies).
/// </summary>
internal static class Dependencies
{
    /// <summary>For a stage's condition: results, and outputs by <c>JOB.STEP.VARIABLE</c>.</summary>
    public static Value OfStages(IEnumerable<StageRun> stages) => Fields(stages.Select(stage => Pair(stage.Name, Fields(
    [
        new("result", Value.Of(stage.Outcome.ToString())),
        new("outputs", Fields(stage.Jobs.SelectMany(job => job.Outputs.Select(output => Pair($"{job.Name}.{output.Key}", Value.Of(output.Value)))))),
    ]))));

    /// <summary>For a job: the jobs of earlier stages, by stage.</summary>
    public static Value OfJobsByStage(IEnumerable<StageRun> stages) =>
        Fields(stages.Select(stage => Pair(stage.Name, OfJobs(stage.Jobs))));

    /// <summary>For a job: results and outputs of jobs, by <c>STEP.VARIABLE</c>.</summary>
    public static Value OfJobs(IEnumerable<JobRun> jobs) => Fields(jobs.Select(job => Pair(job.Name, Fields(
    [
        new("result", Value.Of(job.Outcome.ToString())),
        new("outputs", Fields(job.Outputs.Select(output => Pair(output.Key, Value.Of(output.Value))))),
    ]))));

    /// <summary>Everything that <paramref name="name"/> comes after, directly or through others, in file order.</summary>
    public static IReadOnlyList<T> Before<T>(string name, IReadOnlyList<T> all, Func<T, string> nameOf, Func<T, IReadOnlyList<string>> dependsOn)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
        {
            foreach (var one in dependsOn(all.First(other => string.Equals(nameOf(other), next, StringComparison.OrdinalIgnoreCase))))
            {
                if (found.Add(one))
                {
                    open.Push(one);
                }
            }
        }

        return [.. all.Where(one => found.Contains(nameOf(one)))];
    }

    private static KeyValuePair<string, Value> Pair(string name, Value value) => new(name, value);

    private static FieldsValue Fields(IEnumerable<KeyValuePair<string, Value>> fields)
    {
        var map = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in fields)
        {
            map[name] = value;
        }

        return new FieldsValue(map);
    }
}
