using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Forges;

/// <summary>Why a host of Git repositories did not do what it was asked.</summary>
public sealed class ForgeException : ExplainedException
{
    private ForgeException(Failure failure, string message, string remedy, Exception? inner)
        : base(failure, message, remedy, inner)
    {
    }

    /// <summary>How long the host asks to wait; null when it does not say.</summary>
    internal TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the host says that such a pull request is there already.</summary>
    internal bool IsThereAlready { get; private init; }

    /// <summary>The address or the token cannot be used as it is.</summary>
    public static ForgeException Unusable(string message, string remedy, Exception? inner = null) => new(Failure.Unusable, message, remedy, inner);

    /// <summary>The host says no for a reason of its own.</summary>
    public static ForgeException Refused(string message, string remedy, Exception? inner = null) => new(Failure.Refused, message, remedy, inner);

    /// <summary>The host is away, or asks to wait: trying again may help.</summary>
    public static ForgeException Unavailable(string message, string remedy, Exception? inner = null, TimeSpan? retryAfter = null) =>
        new(Failure.Unavailable, message, remedy, inner) { RetryAfter = retryAfter };

    /// <summary>There is such a pull request already.</summary>
    internal static ForgeException ThereAlready(string message, string remedy, Exception? inner) =>
        new(Failure.Refused, message, remedy, inner) { IsThereAlready = true };

    /// <summary>The same failure, reported after something that was done before it.</summary>
    public ForgeException After(string done, string remedy) => new(Failure, $"{done}: {Message}", $"{Remedy}; {remedy}", this);
}
