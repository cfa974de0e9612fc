using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Promotion;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>A repository that has no sites yet.</summary>
public sealed class InitTests : IDisposable
{
    private static readonly string Image = SitesRepository.Pinned("1.0.0", '1', "registry.shops.example/vision/detector");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("init-");

    [Fact]
    public async Task It_gets_a_template_three_environments_and_a_policy_that_validate_and_render()
    {
        await GitAsync("init", "--quiet", "-b", "main");

        var run = await RunAsync("init", "--image", Image);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await RunAsync("validate"));
        Assert.Equal(0, (await RunAsync("render", "--check")).Status);
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--quiet", "-m", "Begin");
        var status = await RunAsync("status", "--offline", "--quiet");
        Assert.Equal(3, status.Output.Split("1.0.0").Length - 1);
        Assert.Contains("repository: registry.shops.example/vision/detector", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "sites/environments.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_names_the_files_and_writes_none()
    {
        await GitAsync("init", "--quiet", "-b", "main");

        var run = await RunAsync("init", "--image", Image, "--dry-run");

        Assert.Contains("\nsites/template/parameters.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.FullName), path => !path.EndsWith(".git", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("registry.example.com/faceedge/face-detector:1.0.0", "error: registry.example.com/faceedge/face-detector:1.0.0 is not pinned by tag and digest: deploy-tool verify-image registry.example.com/faceedge/face-detector:1.0.0 prints the reference to give")]
    [InlineData(null, "error: sites/ holds note.txt already: add to it with site add and environment add, or make a template of it with render --adopt")]
    public async Task What_it_cannot_begin_with_is_refused_and_nothing_is_written(string? image, string error)
    {
        await GitAsync("init", "--quiet", "-b", "main");
        if (image is null)
        {
            Directory.CreateDirectory(Path.Combine(_folder.FullName, "sites"));
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "sites/note.txt"), "mine", TestContext.Current.CancellationToken);
        }

        Assert.Equal(new Invocation(2, "", error), await RunAsync("init", "--image", image ?? Image));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<Invocation> RunAsync(params string[] args) => Invocation.RunInAsync(_folder.FullName, args);

    private Task<string> GitAsync(params string[] arguments) => new GitProcess(_folder.FullName).RunAsync(CancellationToken.None, arguments);
}
