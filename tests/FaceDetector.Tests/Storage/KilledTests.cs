using System.Diagnostics;
using FaceEdge.Imaging;
using FaceEdge.Models;
using FaceEdge.Tests.Abuse;
using FaceEdge.Tests.Commands;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Storage;

/// <summary>The program is killed while it writes: what was there stays whole, and nothing half written takes its place.</summary>
public sealed class KilledTests : IDisposable
{
    private const int Pictures = 60;

    private readonly PictureFolder _folder = new();
    private readonly TemporaryFolder _cache = new();

    private static int Kills => ServiceProcess.IsLong ? 100 : 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cache.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 900_000)]
    public async Task An_annotated_picture_is_the_old_one_or_the_new_one()
    {
        for (var picture = 0; picture < Pictures; picture++)
        {
            _folder.AddPicture($"images/{picture}.jpg", x: 128);
        }

        var annotated = _folder.File("annotated");
        string[] arguments = ["detect", _folder.File("images"), "--model", _folder.Model, "--annotate", annotated];
        Assert.Equal(0, await EndAsync(Start(arguments)));
        var random = new Random(1);
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var program = Start(arguments);
            for (var lines = random.Next(1, Pictures); lines > 0; lines--)
            {
                Assert.NotNull(await program.StandardOutput.ReadLineAsync(Cancellation));
            }

            program.Kill();
            await program.WaitForExitAsync(Cancellation);

            var files = Directory.GetFiles(annotated, "*.jpg", SearchOption.AllDirectories);
            Assert.Equal(Pictures, files.Length);
            Assert.All(files, file => Assert.True(JpegStructure.IsComplete(File.ReadAllBytes(file)), file));
            Assert.InRange(Directory.GetFiles(annotated, "*.part", SearchOption.AllDirectories).Length, 0, kill);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task A_pull_leaves_no_model_and_the_next_one_goes_on_where_it_stopped()
    {
        var entry = ModelCatalogue.Load().Find("yunet-n")!;
        var length = (int)entry.Description.Size;
        string[] pull = ["models", "pull", entry.Name];
        await using var server = await ModelServer.StartAsync("/" + entry.File, new byte[length]);
        server.AnswersToStall = 1;
        var partial = _cache.File(entry.CacheFile + ".partial");
        using (var program = Start(pull, server.Address))
        {
            while (!File.Exists(partial) || new FileInfo(partial).Length < length / 2)
            {
                Assert.False(program.HasExited);
                await Task.Delay(20, Cancellation);
            }

            program.Kill();
            await program.WaitForExitAsync(Cancellation);
        }

        Assert.Equal([partial], Directory.GetFiles(_cache.Path));

        // What this server has is not the model: the second pull is refused, after it was continued and then started again.
        Assert.Equal(2, await EndAsync(Start(pull, server.Address)));
        Assert.Equal(["", $"bytes={length / 2}-", ""], server.Ranges);
        Assert.False(File.Exists(_cache.File(entry.CacheFile)));
    }

    private Process Start(string[] arguments, string mirror = "")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "face-detector.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ModelStore.CacheVariable] = _cache.Path;
        start.Environment[ModelMirror.Variable] = mirror;
        return Process.Start(start)!;
    }

    private static async Task<int> EndAsync(Process program)
    {
        using (program)
        {
            var output = program.StandardOutput.ReadToEndAsync(Cancellation);
            await program.StandardError.ReadToEndAsync(Cancellation);
            await output;
            await program.WaitForExitAsync(Cancellation);
            return program.ExitCode;
        }
    }
}
