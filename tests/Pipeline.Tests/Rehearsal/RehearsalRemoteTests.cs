using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Rehearsal.Machine;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class RehearsalRemoteTests
{
    [Fact]
    public async Task A_commit_that_contradicts_what_was_promoted_is_refused_with_the_file_in_which_it_does()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var repository = await RehearsedRepository.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("faceedge-remote-");
        try
        {
            var remote = await RehearsalRemote.OpenAsync(new RehearsalFolder(folder.FullName), null, cancellation);
            await TakeAsync();
            const string Manifest = "sites/qa/face-detector.yaml";
            var text = await File.ReadAllTextAsync(Path.Combine(repository.Root, Manifest), cancellation);
            await repository.ChangeAsync(Manifest, text.Replace("face-detector:0.1.0@", "face-detector:0.2.0@", StringComparison.Ordinal));

            var exception = await Assert.ThrowsAsync<DeployException>(TakeAsync);

            Assert.EndsWith($"CONFLICT (content): Merge conflict in {Manifest}", exception.Message, StringComparison.Ordinal);

            async Task TakeAsync()
            {
                var source = await GitRepository.OpenAsync(repository.Root, cancellation);
                await remote.TakeAsync(source, (await source.ResolveAsync("HEAD", cancellation))!, "localhost:5000/faceedge/face-detector", isUngated: false, cancellation);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
