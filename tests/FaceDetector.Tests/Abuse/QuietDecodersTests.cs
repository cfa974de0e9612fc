using System.Diagnostics;
using System.Globalization;
using FaceEdge.Imaging.OpenCv;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Commands;

namespace FaceEdge.Tests.Abuse;

/// <summary>Native decoders write errors to standard error, past the log, which a stranger's pictures could fill.</summary>
public sealed class QuietDecodersTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 600_000)]
    [InlineData("opencv")]
    [InlineData("portable")]
    public async Task No_picture_makes_a_decoder_write_past_the_program(string backend)
    {
        Assert.SkipWhen(backend == "opencv" && !OpenCvProbe.Run().Loaded, "OpenCV does not load here");
        Assert.SkipWhen(TurboJpegCodec.TryLoad() is null, "needs libturbojpeg0");
        var pictures = Directory.CreateDirectory(_folder.File("pictures")).FullName;
        foreach (var (place, picture) in HostilePictures.All().Index())
        {
            await File.WriteAllBytesAsync(
                Path.Combine(pictures, string.Create(CultureInfo.InvariantCulture, $"{place}.jpg")), picture.Content, TestContext.Current.CancellationToken);
        }

        var errors = await DetectAsync(backend, pictures);

        Assert.NotEmpty(errors);
        Assert.All(errors, line => Assert.StartsWith(pictures, line, StringComparison.Ordinal));
    }

    private async Task<string[]> DetectAsync(string backend, string pictures)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "face-detector.dll"), "detect", pictures, "--model", _folder.Model])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Imaging__Backend"] = backend;
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
