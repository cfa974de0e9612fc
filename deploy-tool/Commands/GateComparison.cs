namespace FaceEdge.Deploy.Commands;

/// <summary>What the command line asks <c>gate</c> to compare.</summary>
internal abstract record GateComparison
{
    private GateComparison()
    {
    }

    /// <summary>The candidate's commit with another one, or with what an environment runs now.</summary>
    public sealed record Commits(string? Base, string? Environment) : GateComparison;

    /// <summary>What two commands measure.</summary>
    public sealed record Commands(string Base, string Head) : GateComparison;

    /// <summary>What BenchmarkDotNet measured before.</summary>
    public sealed record Results(string Base, string Head) : GateComparison;
}
