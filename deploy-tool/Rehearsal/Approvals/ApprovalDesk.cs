using System.Collections.Concurrent;

namespace FaceEdge.Deploy.Rehearsal.Approvals;

/// <summary>
/// Answers the run's approvals: by the command line's flags, else by the user at the terminal, else not at all. One answer about an
/// environment is for both keys of its approval: the ManualValidation of its approve stage, and the check of the Environment that comes next.
/// </summary>
/// <param name="flags">Answers by environment; <c>all</c> is for every one.</param>
/// <param name="isInteractive">Whether somebody can be asked.</param>
internal sealed class ApprovalDesk(IReadOnlyDictionary<string, ApprovalAnswer> flags, bool isInteractive)
{
    public const string All = "all";

    private readonly ConcurrentDictionary<string, ApprovalAnswer> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _approvers = new(StringComparer.OrdinalIgnoreCase);
    private PendingQuestion? _pending;

    /// <summary>The question that waits for the terminal; null when there is none, and from its answer on.</summary>
    public PendingQuestion? Pending => Volatile.Read(ref _pending) is { Reply.Task.IsCompleted: false } question ? question : null;

    /// <summary>Who approved a stage by the check of its Environment.</summary>
    public IReadOnlyList<string> ApproversOf(string stage) => _approvers.GetValueOrDefault(stage) ?? [];

    public void Note(string stage, IReadOnlyList<string> approvers) => _approvers[stage] = approvers;

    /// <summary>Asks once about an environment; later questions about it get the same answer.</summary>
    public async Task<ApprovalAnswer> AskAsync(string subject, string text, int people, CancellationToken cancellation)
    {
        if (_answers.TryGetValue(subject, out var known))
        {
            return known;
        }

        var answer = flags.GetValueOrDefault(subject) ?? flags.GetValueOrDefault(All);
        answer = answer is null && isInteractive ? await AskTerminalAsync(subject, text, people, cancellation) : answer ?? ApprovalAnswer.None;
        answer = Fill(answer, people);
        _answers[subject] = answer;
        return answer;
    }

    /// <summary>
    /// The environment that a stage or job asks about: <c>approve_qa</c>, <c>ApproveQa</c> and <c>qa</c> ask about <c>qa</c>.
    /// </summary>
    public static string SubjectOf(string name)
    {
        var plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return plain.StartsWith("approve", StringComparison.Ordinal) && plain.Length > "approve".Length ? plain["approve".Length..] : plain;
    }

    /// <summary>Reads <c>--approve</c> and <c>--reject</c>: <c>qa</c>, <c>all</c>, or <c>uat=ada,ben</c> with the approvers' names.</summary>
    public static Dictionary<string, ApprovalAnswer> ReadFlags(IEnumerable<string> approve, IEnumerable<string> reject)
    {
        var flags = new Dictionary<string, ApprovalAnswer>(StringComparer.OrdinalIgnoreCase);
        foreach (var (texts, isApproved) in new[] { (approve, true), (reject, false) })
        {
            foreach (var text in texts)
            {
                if (text.Split('=', 2) is [var subject, var names])
                {
                    flags[subject] = new ApprovalAnswer(isApproved, names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                    continue;
                }

                foreach (var one in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    flags[one] = new ApprovalAnswer(isApproved, []);
                }
            }
        }

        return flags;
    }

    /// <summary>Who is not named is numbered, so that a rehearsal's commits say what they are.</summary>
    private static ApprovalAnswer Fill(ApprovalAnswer answer, int people) =>
        answer is { IsApproved: not null, By.Count: 0 }
            ? answer with { By = [.. Enumerable.Range(1, Math.Max(1, people)).Select(number => $"rehearsal-approver-{number}")] }
            : answer;

    private async Task<ApprovalAnswer> AskTerminalAsync(string subject, string text, int people, CancellationToken cancellation)
    {
        var question = new PendingQuestion(subject, text, people, new TaskCompletionSource<ApprovalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _pending, question);
        try
        {
            return await question.Reply.Task.WaitAsync(cancellation);
        }
        finally
        {
            Volatile.Write(ref _pending, null);
        }
    }
}

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
