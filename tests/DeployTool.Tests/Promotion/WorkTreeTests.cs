using System.Diagnostics.CodeAnalysis;
using FaceEdge.Deploy.Git;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>What a promotion leaves in the work tree when the branch brings more than its own change.</summary>
[SuppressMessage("Interoperability", "CA1416:Validate platform compatibility", Justification = "Skipped on Windows, which has neither modes nor plain links.")]
public sealed class WorkTreeTests
{
    [Fact]
    public async Task Whatever_others_pushed_lies_there_as_a_fresh_clone_has_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes and links");
        using var sites = await CreateAsync();
        sites.Write("becomes-a-folder", "file\n");
        sites.Write("goes", "file\n");
        sites.Write("turns", "#!/bin/sh\n");
        await sites.CommitAsync("Before");
        await sites.GitAsync("push", "--quiet");
        await PushAsync(sites);

        var run = await sites.PromoteAsync("qa", Pinned("1.0.0", '1'));

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
        Assert.Equal(Describe(await sites.CloneAsync("fresh")), Describe(sites.Clone));
        Assert.Equal("one\r\ntwo\r\n", sites.Read("notes.txt"));
    }

    private static async Task PushAsync(SitesRepository sites)
    {
        var clone = await sites.CloneAsync("elsewhere");
        var git = new GitProcess(clone);
        string At(string path) => Path.Combine(clone, path);
        File.Delete(At("becomes-a-folder"));
        File.Delete(At("goes"));
        Directory.CreateDirectory(At("becomes-a-folder/deep"));
        await File.WriteAllTextAsync(At("becomes-a-folder/deep/Umlaut ü\ttab"), "new\n");
        await File.WriteAllTextAsync(At(".gitattributes"), "*.txt text eol=crlf\n");
        await File.WriteAllTextAsync(At("notes.txt"), "one\ntwo\n");
        await File.WriteAllTextAsync(At("script.sh"), "#!/bin/sh\n");
        File.SetUnixFileMode(At("script.sh"), File.GetUnixFileMode(At("script.sh")) | UnixFileMode.UserExecute);
        File.SetUnixFileMode(At("turns"), File.GetUnixFileMode(At("turns")) | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(At("link"), "notes.txt");
        File.CreateSymbolicLink(At("dangling"), "no/such/file");
        await git.RunAsync(CancellationToken.None, "add", "--all");
        await git.RunAsync(CancellationToken.None, "commit", "--quiet", "-m", "From elsewhere");
        await git.RunAsync(CancellationToken.None, "push", "--quiet");
    }

    /// <summary>Each file with its mode and content, or its link's target.</summary>
    private static List<string> Describe(string clone) =>
    [
        .. new DirectoryInfo(clone).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.FullName.StartsWith(Path.Combine(clone, ".git") + "/", StringComparison.Ordinal))
            .Select(file => $"{Path.GetRelativePath(clone, file.FullName)} {file.LinkTarget ?? $"{file.UnixFileMode} {File.ReadAllText(file.FullName)}"}")
            .Order(StringComparer.Ordinal),
    ];
}
