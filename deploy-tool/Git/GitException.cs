using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Git;

/// <summary>Why git could not be used, or did not do what was asked.</summary>
internal sealed class GitException : ExplainedException
{
    private GitException(Failure failure, string message, string remedy, Exception? inner)
        : base(failure, message, remedy, inner)
    {
    }

    /// <summary>The clone, its settings or the installation cannot be used as they are.</summary>
    public static GitException Unusable(string message, string remedy, Exception? inner = null) => new(Failure.Unusable, message, remedy, inner);

    /// <summary>The remote or a hook refused the commit for a reason of its own.</summary>
    public static GitException Refused(string message, string remedy, Exception? inner = null) => new(Failure.Refused, message, remedy, inner);

    /// <summary>The remote is away, or a race was not won: trying again may help.</summary>
    public static GitException Unavailable(string message, string remedy, Exception? inner = null) => new(Failure.Unavailable, message, remedy, inner);
}
