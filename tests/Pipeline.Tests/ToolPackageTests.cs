using System.Diagnostics;

namespace FaceEdge.Pipeline.Tests;

/// <summary>deploy-tool and the rehearsal as .NET tools: packed from what was built, installed from a folder alone, run.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tool-package-").FullName;

    [Theory]
    [InlineData("deploy-tool", "FaceEdge.DeployTool", "deploy-tool", "promote")]
    [InlineData("deploy-tool/Rehearsal", "FaceEdge.PipelineRehearsal", "pipeline-rehearsal", "rehearse")]
    public async Task The_packed_tool_installs_from_a_folder_and_runs(string project, string package, string program, string command)
    {
        var version = $"0.0.0-test{Environment.ProcessId}";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        var config = Path.Combine(_folder, "nuget.config");
        await File.WriteAllTextAsync(
            config,
            $"""<configuration><packageSources><clear /><add key="folder" value="{_folder}" /></packageSources></configuration>""",
            TestContext.Current.CancellationToken);

        await RunAsync("dotnet", "pack", project, "--no-build", "-c", configuration, "-o", _folder, $"-p:PackageVersion={version}");
        await RunAsync("dotnet", "tool", "install", package, "--version", version, "--tool-path", _folder, "--configfile", config);

        Assert.StartsWith("0.1.0", await RunAsync(Path.Combine(_folder, program), "--version"));
        Assert.Contains(command, await RunAsync(Path.Combine(_folder, program), "--help"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await error}");
        return await output;
    }
}
