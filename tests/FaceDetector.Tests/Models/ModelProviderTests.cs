using FaceEdge.Models;
using FaceEdge.Tests.Detection.Onnx;

namespace FaceEdge.Tests.Models;

public sealed class ModelProviderTests
{
    private static readonly CatalogueEntry Entry = new(SquareModel.Dynamic.Description, "square.onnx", new Uri("https://example.org/square.onnx"), null);

    [Fact]
    public void Without_a_model_it_says_which_command_fetches_one()
    {
        using var cache = new TemporaryFolder();

        var lookup = Provider(cache, null).Find(null);

        Assert.Null(lookup.Model);
        Assert.Equal("The model square is not on this machine. Run: face-detector models pull square", lookup.Missing);
    }

    [Fact]
    public void The_cache_comes_before_the_mirror()
    {
        using var cache = new TemporaryFolder();
        using var mirror = new TemporaryFolder();
        mirror.Write("square.onnx", SquareModel.Dynamic.Content);
        var provider = Provider(cache, ModelMirror.Parse(mirror.Path));
        Assert.Equal(mirror.File("square.onnx"), provider.Find(null).Model?.Source);

        cache.Write(Entry.CacheFile, SquareModel.Dynamic.Content);

        Assert.Equal(cache.File(Entry.CacheFile), provider.Find("square").Model?.Source);
    }

    [Fact]
    public void A_file_of_the_user_s_own_needs_no_catalogue()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.onnx", SquareModel.Dynamic.Content);

        var model = Provider(folder, null).Find(path).Model!;

        Assert.Equal("mine", model.Description.Name);
        Assert.Equal(SquareModel.Dynamic.Description.Sha256, model.Description.Sha256);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        using var cache = new TemporaryFolder();

        Assert.Equal("There is no model 'sqare'; known: square, or the path of an .onnx file.", Provider(cache, null).Find("sqare").Missing);
    }

    [Fact]
    public void The_mirror_beside_the_repository_is_found_from_a_folder_below_it()
    {
        using var folder = new TemporaryFolder();
        var deep = Directory.CreateDirectory(folder.File("repository/face-detector/bin")).FullName;
        Assert.Null(ModelMirror.BesideRepository(deep));

        File.WriteAllText(folder.File("repository/FaceEdge.sln"), string.Empty);
        var models = Directory.CreateDirectory(folder.File("shared/models")).FullName;

        Assert.Equal(models, ModelMirror.BesideRepository(deep)?.ToString());
    }

    private static ModelProvider Provider(TemporaryFolder cache, ModelMirror? mirror)
        => new(new ModelCatalogue([Entry], Entry), new ModelStore(cache.Path, mirror));
}
