namespace FaceEdge.Tests.Forges;

/// <summary>A pull request at a fake host.</summary>
internal sealed class FakePullRequest(int number, string branch, string into, string title, string text)
{
    public int Number { get; } = number;

    public string Branch { get; } = branch;

    public string Into { get; } = into;

    public string Title { get; set; } = title;

    public string Text { get; set; } = text;

    public List<string> Labels { get; } = [];

    public bool IsOpen { get; set; } = true;

    public string? MergeCommit { get; set; }

    /// <summary>The message below the title that the host is to merge it with by itself; null when it is not to.</summary>
    public string? AutoCompletes { get; set; }
}

/// <summary>How a host brings a pull request into its target.</summary>
public enum MergeMethod
{
    /// <summary>A merge of both, in the host's words.</summary>
    MergeCommit,

    /// <summary>A merge of both, with the text of the pull request in its message.</summary>
    MergeCommitWithText,

    /// <summary>One commit with the message of the branch's one commit, or a list of all of them.</summary>
    Squash,

    /// <summary>One commit with the text of the pull request.</summary>
    SquashWithText,

    /// <summary>The branch's commits again on top of the target, committed by the host.</summary>
    Rebase,
}
