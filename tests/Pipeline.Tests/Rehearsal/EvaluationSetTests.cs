using FaceEdge.Deploy.Rehearsal.Machine;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class EvaluationSetTests
{
    [Fact]
    public async Task A_set_is_drawn_by_the_commits_own_program_once_and_kept()
    {
        Assert.SkipWhen(Rehearsed.Missing is not null, Rehearsed.Missing ?? "");
        var folder = Directory.CreateTempSubdirectory("faceedge-evaluation-");
        try
        {
            var progress = new Lines();
            Assert.True(EvaluationSet.CanBeMadeOf(Repository.Root));

            var set = await EvaluationSet.MakeAsync(folder.FullName, Repository.Root, progress, TestContext.Current.CancellationToken);
            var again = await EvaluationSet.MakeAsync(folder.FullName, Repository.Root, progress, TestContext.Current.CancellationToken);

            Assert.Equal((folder.FullName, folder.FullName), (set, again));
            Assert.True(EvaluationSet.IsAt(set));
            Assert.True(File.Exists(Path.Combine(set, "accuracy.json")));
            Assert.Equal(60, Directory.GetFiles(Path.Combine(set, "images")).Length);
            Assert.Equal(["drawing 60 scenes for the accuracy gate: this machine has no evaluation set"], progress.All);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_commit_without_the_program_draws_none() => Assert.False(EvaluationSet.CanBeMadeOf(Path.Combine(Repository.Root, "docs")));

    private sealed class Lines : IProgress<string>
    {
        public List<string> All { get; } = [];

        public void Report(string value) => All.Add(value);
    }
}
