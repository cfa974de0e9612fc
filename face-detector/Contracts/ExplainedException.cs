namespace FaceEdge.Contracts;

/// <summary>
/// A failure in words for the operator: the first cause, and what to do about it. Each library derives its own; what kind it is decides how a command ends.
/// </summary>
public abstract class ExplainedException : Exception
{
    /// <param name="failure">What kind.</param>
    /// <param name="message">The first cause in the words of who said it, and where.</param>
    /// <param name="remedy">What to do about it: an imperative sentence without a full stop.</param>
    /// <param name="inner">What it was found by; null for none.</param>
    protected ExplainedException(Failure failure, string message, string remedy, Exception? inner)
        : base(message, inner)
    {
        Failure = failure;
        Remedy = remedy;
    }

    public Failure Failure { get; }

    /// <summary>Nothing was found out, so that trying again may help.</summary>
    public bool IsUnavailable => Failure == Failure.Unavailable;

    /// <summary>What to do about it: an imperative sentence without a full stop.</summary>
    public string Remedy { get; }
}

/// <summary>What kind of failure an <see cref="ExplainedException"/> is.</summary>
public enum Failure
{
    /// <summary>What was given cannot be used as it is: a file, a setting, a clone, an address, a login.</summary>
    Unusable,

    /// <summary>A rule of somebody else said no, such as the remote's or a hook's.</summary>
    Refused,

    /// <summary>Neither yes nor no: unreachable, broken off, or a lost race.</summary>
    Unavailable,
}
