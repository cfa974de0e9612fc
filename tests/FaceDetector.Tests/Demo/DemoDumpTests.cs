using System.Text.Json;
using FaceEdge.Demo;
using FaceEdge.Evaluation;

namespace FaceEdge.Tests.Demo;

public sealed class DemoDumpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-dump-").FullName;

    [Theory]
    [InlineData("Moving")]
    [InlineData("Shuffled")]
    [InlineData("Varied")]
    public void A_dump_is_pictures_and_labels_that_eval_reads(string kind)
    {
        Dump(kind, _folder);

        var pictures = LabelFile.Read(Path.Combine(_folder, "labels.json")).Pictures;
        Assert.Equal(["000000.jpg", "000001.jpg"], pictures.Select(picture => picture.File));
        Assert.All(pictures, picture => Assert.True(new FileInfo(Path.Combine(_folder, picture.File)).Length > 1000));
    }

    [Fact]
    public void Labels_say_who_is_drawn_and_where_landmarks_and_eyes_are()
    {
        Dump("Shuffled", _folder);

        using var labels = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "labels.json")));
        var face = labels.RootElement.GetProperty("images")[0].GetProperty("faces")[0];
        Assert.InRange(face.GetProperty("tone").GetInt32(), 1, 10);
        Assert.Equal(5, face.GetProperty("landmarks").GetArrayLength());
        Assert.Equal(2, face.GetProperty("eyes").GetArrayLength());
        Assert.All(["age", "hair", "headwear", "eyewear", "beard"], name => Assert.Equal(JsonValueKind.String, face.GetProperty(name).ValueKind));
    }

    [Theory]
    [InlineData("Moving")]
    [InlineData("Varied")]
    public void The_same_seed_writes_the_same_files(string kind)
    {
        var again = Path.Combine(_folder, "again");
        Dump(kind, _folder);
        Dump(kind, again);

        foreach (var name in new[] { "000000.jpg", "000001.jpg", "labels.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, name)), File.ReadAllBytes(Path.Combine(again, name)));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Dump(string kind, string folder) =>
        DemoDump.Write(new DemoSettings(320, 240, 3, 30, 3), Enum.Parse<DumpKind>(kind), 2, folder, new Progress<double>(), TestContext.Current.CancellationToken);
}
