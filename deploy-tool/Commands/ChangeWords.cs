using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary>How a change came to the branch that sites pull, or is to come there: the end of the line that says what it is.</summary>
internal static class ChangeWords
{
    public static string How(ChangeEnd end, string? commit, ProposedChange? pull) => end switch
    {
        ChangeEnd.Proposed => $"once pull request {pull!.Number} is merged ({pull.Page})",
        ChangeEnd.Merged => $"(commit {commit![..12]}, by pull request {pull!.Number})",
        ChangeEnd.Pushed => $"(commit {commit![..12]}, pushed)",
        _ => $"(commit {commit![..12]}, not pushed)",
    };
}
