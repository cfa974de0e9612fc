using FaceEdge.Contracts;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Contracts;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_written_and_replaced()
    {
        AtomicFile.Write(_folder.File("a"), "old"u8);
        AtomicFile.Write(_folder.File("a"), "new"u8);

        Assert.Equal("new", File.ReadAllText(_folder.File("a")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_a_link_points_to_is_replaced_and_the_link_stays()
    {
        _folder.Write("target", "old"u8.ToArray());
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("target"));

        AtomicFile.Write(_folder.File("link"), "new"u8);

        Assert.Equal("new", File.ReadAllText(_folder.File("target")));
        Assert.NotNull(new FileInfo(_folder.File("link")).LinkTarget);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named_and_no_file_of_ours()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(_folder.Path, "none", "a"), "new"u8));

        Assert.Equal($"There is no folder {Path.Combine(_folder.Path, "none")}.", error.Message);
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_leaves_nothing_beside_it()
    {
        Directory.CreateDirectory(Path.Combine(_folder.File("a"), "child"));

        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(_folder.File("a"), "new"u8));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
