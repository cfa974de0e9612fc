namespace FaceEdge.Tests.Storage;

public sealed class BadDiskTests : IDisposable
{
    private readonly BadDiskScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory(Timeout = 600_000)]
    [InlineData("full", "detect")]
    [InlineData("full", "eval")]
    [InlineData("full", "models")]
    [InlineData("read-only", "detect")]
    [InlineData("read-only", "eval")]
    [InlineData("read-only", "models")]
    public async Task A_disk_that_takes_no_more_costs_no_file_that_was_there_and_is_told_in_one_line(string fault, string command)
    {
        var (exitCode, error) = await _scene.RunAsync(fault, command);

        Assert.Equal(2, exitCode);
        Assert.Contains("cannot be written: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(_scene.Before, _scene.Now());
    }

    [Fact(Timeout = 600_000)]
    public async Task Results_that_no_longer_fit_on_the_disk_are_no_fault_of_the_pictures()
    {
        var (exitCode, error) = await _scene.RunToFullDiskAsync();

        Assert.Equal(2, exitCode);
        Assert.StartsWith("The results cannot be written: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
