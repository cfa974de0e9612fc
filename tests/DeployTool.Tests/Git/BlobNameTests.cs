using System.Text;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Tests.Git;

public sealed class BlobNameTests
{
    [Theory]
    [InlineData("sha1", "")]
    [InlineData("sha1", "image: é\r\n")]
    [InlineData("sha256", "")]
    [InlineData("sha256", "image: é\r\n")]
    public async Task A_files_content_has_the_name_that_git_gives_it(string format, string text)
    {
        var folder = Directory.CreateTempSubdirectory("blob-name-");
        try
        {
            var (git, content) = (new GitProcess(folder.FullName), Encoding.UTF8.GetBytes(text));
            await git.RunAsync(TestContext.Current.CancellationToken, "init", "--quiet", $"--object-format={format}");

            var name = (await git.RunAsync(["hash-object", "--stdin"], async input => await input.WriteAsync(content), TestContext.Current.CancellationToken)).Output.Trim();

            Assert.Equal(name, BlobName.Of(content, name.Length));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
