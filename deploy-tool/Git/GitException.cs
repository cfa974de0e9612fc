namespace FaceEdge.Deploy.Git;

/// <summary>Why git could not be used, or did not do what was asked.</summary>
internal sealed class GitException : Exception
{
    private GitException(GitFailure failure, string message, string remedy, Exception? inner)
        : base(message, inner)
    {
        Failure = failure;
        Remedy = remedy;
    }

    public GitFailure Failure { get; }

    /// <summary>What to do about it: an imperative sentence without a full stop.</summary>
    public string Remedy { get; }

    /// <summary>The clone, its settings or the installation cannot be used as they are.</summary>
    public static GitException Unusable(string message, string remedy, Exception? inner = null) => new(GitFailure.Unusable, message, remedy, inner);

    /// <summary>The remote or a hook refused the commit for a reason of its own.</summary>
    public static GitException Refused(string message, string remedy, Exception? inner = null) => new(GitFailure.Refused, message, remedy, inner);

    /// <summary>The remote is away, or a race was not won: trying again may help.</summary>
    public static GitException Unavailable(string message, string remedy, Exception? inner = null) => new(GitFailure.Unavailable, message, remedy, inner);
}

/// <summary>What kind of failure a <see cref="GitException"/> is.</summary>
internal enum GitFailure
{
    Unusable,
    Refused,
    Unavailable,
}
