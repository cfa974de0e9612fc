namespace FaceEdge.Deploy.Git;

/// <summary>One file that differs between two commits.</summary>
/// <param name="Path">From the top of the repository, with forward slashes.</param>
/// <param name="Status">A for added, M or T for changed, D for deleted.</param>
/// <param name="Mode">What it is in the later commit: 100644, 100755 or 120000, a symbolic link.</param>
/// <param name="Before">Its object in the earlier commit; zeros when it was not there.</param>
/// <param name="After">Its object in the later commit; zeros when it is not there.</param>
internal sealed record ChangedFile(string Path, char Status, string Mode, string Before, string After)
{
    private const string Submodule = "160000";

    public bool IsLink => Mode == "120000";

    public bool IsExecutable => Mode == "100755";

    /// <summary>The files that differ. Submodules are left out: their work trees are other repositories'.</summary>
    public static async Task<List<ChangedFile>> ListAsync(GitProcess git, string from, string to, CancellationToken cancellation)
    {
        // :<mode> <mode> <object> <object> <status> NUL <path> NUL
        var listing = await git.RunAsync(cancellation, "diff-tree", "-r", "-z", "--no-renames", from, to);
        return
        [
            .. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Chunk(2)
                .Select(pair => (Fields: pair[0].Split(' '), Path: pair[1]))
                .Where(one => one.Fields[1] != Submodule && one.Fields[0] != ":" + Submodule)
                .Select(one => new ChangedFile(one.Path, one.Fields[4][0], one.Fields[1], one.Fields[2], one.Fields[3])),
        ];
    }
}
