namespace FaceEdge.CommandLine;

/// <summary>An exception without an explanation is a fault of the program itself.</summary>
internal static class InternalError
{
    /// <summary>sysexits.h, EX_SOFTWARE.</summary>
    public const int ExitCode = 70;

    public const string Verbose = "--verbose";

    /// <summary>One line for standard error, below the trace where that is to be shown.</summary>
    public static string Describe(string program, Exception exception, bool showsTrace)
    {
        var message = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var line = $"error: internal error in {program}: {exception.GetType().Name}: {message} ";
        return showsTrace ? $"{exception}{Environment.NewLine}{line}Report it with the trace above." : $"{line}Run it again with {Verbose} and report the trace.";
    }
}
