namespace FaceEdge.Deploy.Rehearsal.Approvals;

/// <summary>What somebody said when asked.</summary>
/// <param name="IsApproved">Null when nobody answered.</param>
/// <param name="By">Names of those who answered.</param>
internal sealed record ApprovalAnswer(bool? IsApproved, IReadOnlyList<string> By)
{
    public static readonly ApprovalAnswer None = new(null, []);
}

/// <summary>A question that waits for somebody at the terminal.</summary>
/// <param name="Subject">The environment that is asked about.</param>
/// <param name="Text">The question.</param>
/// <param name="People">How many different people must approve.</param>
/// <param name="Reply">Takes the answer.</param>
internal sealed record PendingQuestion(string Subject, string Text, int People, TaskCompletionSource<ApprovalAnswer> Reply);
