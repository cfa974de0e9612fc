namespace FaceEdge.Commands;

/// <summary>What a command's exit status says; the same as deploy-tool's.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A gate said no, or some of the work could not be done.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or input, or no model.</summary>
    public const int WrongInput = 2;

    /// <summary>A gate could not decide.</summary>
    public const int Undecided = 3;
}
