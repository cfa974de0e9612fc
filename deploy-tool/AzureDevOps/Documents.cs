namespace FaceEdge.Deploy.AzureDevOps;

/// <summary>One record of a run's timeline (Azure DevOps REST API 7.1, "Timeline - Get"): a stage, a checkpoint before it, an approval of that.</summary>
internal sealed record TimelineRecord(string Id, string? ParentId, string? Type, string? Identifier, string? Name);

/// <summary>What a run did and waits for.</summary>
internal sealed record Timeline(IReadOnlyList<TimelineRecord> Records)
{
    private const string Stage = "Stage";
    private const string Approval = "Checkpoint.Approval";

    /// <summary>The ids of the approvals that a stage asked for before it began.</summary>
    /// <param name="stage">Its name in the YAML file.</param>
    public IReadOnlyList<string> ApprovalsOf(string stage) => [.. Below(stage).Where(record => record.Type == Approval).Select(record => record.Id)];

    /// <summary>The types of all records of a stage, each once: what Azure DevOps sent in place of the approvals that were looked for.</summary>
    /// <param name="stage">Its name in the YAML file.</param>
    public IReadOnlyList<string> TypesOf(string stage) =>
        [.. Below(stage).Select(record => record.Type).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private IEnumerable<TimelineRecord> Below(string stage)
    {
        var parents = Records.ToDictionary(record => record.Id, record => record.ParentId, StringComparer.OrdinalIgnoreCase);
        var stages = Records
            .Where(record => record.Type == Stage && string.Equals(record.Identifier ?? record.Name, stage, StringComparison.OrdinalIgnoreCase))
            .Select(record => record.Id)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Records.Where(record => IsBelow(record.ParentId, stages, parents));
    }

    private static bool IsBelow(string? id, HashSet<string> stages, Dictionary<string, string?> parents)
    {
        // As many steps as there are records: a parent that leads back to itself ends the search too.
        for (var steps = 0; id is not null && steps <= parents.Count; steps++)
        {
            if (stages.Contains(id))
            {
                return true;
            }

            id = parents.GetValueOrDefault(id);
        }

        return false;
    }
}

/// <summary>The answer of "Approvals - Query" (Azure DevOps REST API 7.1).</summary>
internal sealed record ApprovalList(IReadOnlyList<Approval> Value);

/// <summary>One approval of a check, with a step for each approver.</summary>
internal sealed record Approval(string Id, string? Status, IReadOnlyList<ApprovalStep>? Steps);

/// <summary>What one approver said.</summary>
internal sealed record ApprovalStep(string? Status, Identity? ActualApprover);

/// <summary>A person.</summary>
internal sealed record Identity(string? DisplayName, string? UniqueName);
