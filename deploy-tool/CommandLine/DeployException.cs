using FaceEdge.Contracts;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>
/// Stops a command with one line for the operator. A gate's or check's no is not an exception: it is part of the command's result.
/// </summary>
internal sealed class DeployException : Exception
{
    private DeployException(ExitCode exitCode, string message, string remedy, Exception? inner)
        : base(message, inner)
    {
        ExitCode = exitCode;
        Remedy = remedy;
    }

    public ExitCode ExitCode { get; }

    /// <summary>What to do about it: an imperative sentence without a full stop.</summary>
    public string Remedy { get; }

    /// <summary>What a library's failure means for the command: the one place where it becomes an exit code.</summary>
    public static DeployException Of(ExplainedException exception) => exception.Failure switch
    {
        Failure.Refused => Refused(exception.Message, exception.Remedy, exception),
        Failure.Unavailable => Undecided(exception.Message, exception.Remedy, exception),
        _ => BadInput(exception.Message, exception.Remedy, exception),
    };

    /// <summary>A rule said no and nothing was written: exit code 1.</summary>
    public static DeployException Refused(string message, string remedy, Exception? inner = null) =>
        new(ExitCode.Refused, message, remedy, inner);

    /// <summary>The command line, a file or the work tree is not usable: exit code 2.</summary>
    public static DeployException BadInput(string message, string remedy, Exception? inner = null) =>
        new(ExitCode.BadInput, message, remedy, inner);

    /// <summary>Neither yes nor no could be found out (registry away, push race not won): exit code 3.</summary>
    public static DeployException Undecided(string message, string remedy, Exception? inner = null) =>
        new(ExitCode.Undecided, message, remedy, inner);

    /// <summary>An internal error: exit code 70.</summary>
    public static DeployException Internal(string message, string remedy, Exception inner) =>
        new(ExitCode.Internal, message, remedy, inner);
}
