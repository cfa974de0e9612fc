using System.Diagnostics;
using FaceEdge.Tests.Commands;

namespace FaceEdge.Tests.Detection;

public sealed class RuntimeTelemetryTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 600_000)]
    public async Task The_runtime_gathers_no_telemetry()
    {
        var home = Directory.CreateDirectory(_folder.File("home")).FullName;
        var picture = _folder.AddPicture("face.jpg", x: 64);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "face-detector.dll"), "detect", picture, "--model", _folder.Model])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        start.Environment["XDG_CACHE_HOME"] = home;

        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (program.ExitCode, await error));
        Assert.NotEmpty(await output);
        Assert.Empty(Directory.EnumerateFiles(home, "onnxruntime*", SearchOption.AllDirectories));
    }
}
