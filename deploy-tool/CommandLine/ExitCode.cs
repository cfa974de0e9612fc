namespace FaceEdge.Deploy.CommandLine;

/// <summary>What a pipeline step learns from the process's exit status.</summary>
internal enum ExitCode
{
    /// <summary>Done, or there was nothing to do.</summary>
    Done = 0,

    /// <summary>A check or a gate said no; nothing was written.</summary>
    Refused = 1,

    /// <summary>Wrong usage, or a file that cannot be used.</summary>
    BadInput = 2,

    /// <summary>Neither yes nor no: registry away, evidence inconclusive, push race not won, interrupted. Trying again may help.</summary>
    Undecided = 3,

    /// <summary>An internal error (sysexits.h, EX_SOFTWARE).</summary>
    Internal = 70,
}
