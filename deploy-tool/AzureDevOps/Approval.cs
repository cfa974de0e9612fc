namespace FaceEdge.Deploy.AzureDevOps;

/// <summary>The answer of "Approvals - Query" (Azure DevOps REST API 7.1).</summary>
internal sealed record ApprovalList(IReadOnlyList<Approval> Value);

/// <summary>One approval of a check, with a step for each approver.</summary>
internal sealed record Approval(string Id, string? Status, IReadOnlyList<ApprovalStep>? Steps);

/// <summary>What one approver said.</summary>
internal sealed record ApprovalStep(string? Status, Identity? ActualApprover);

/// <summary>A person.</summary>
internal sealed record Identity(string? DisplayName, string? UniqueName);
