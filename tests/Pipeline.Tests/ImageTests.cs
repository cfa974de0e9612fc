using System.Globalization;

namespace FaceEdge.Pipeline.Tests;

public sealed class ImageTests
{
    private static readonly string[] Dockerfile = Repository.Read("Dockerfile").Split('\n');

    [Fact]
    public void Every_base_is_an_argument_so_that_a_build_can_pin_or_replace_it()
    {
        var bases = Dockerfile.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(bases);
        Assert.All(bases, line => Assert.Contains("${", line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_final_stage_runs_nothing_so_that_no_architecture_is_emulated()
    {
        var final = Dockerfile.Skip(Array.FindLastIndex(Dockerfile, line => line.StartsWith("FROM ", StringComparison.Ordinal)));

        Assert.DoesNotContain(final, line => line.StartsWith("RUN ", StringComparison.Ordinal));
        Assert.Contains("USER 1654", final);
    }

    [Fact]
    public void The_image_has_no_shell_and_needs_none()
    {
        Assert.Contains(Dockerfile, line => line.StartsWith("ARG RUNTIME_IMAGE=", StringComparison.Ordinal) && line.EndsWith("-chiseled", StringComparison.Ordinal));
        Assert.Contains("ENTRYPOINT [\"/app/face-detector\"]", Dockerfile);
        Assert.Contains(Dockerfile, line => line.EndsWith(" CMD [\"/app/face-detector\", \"healthcheck\"]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("image", "--repository is missing", "--push")]
    [InlineData("image", "--tag is missing", "--push", "--repository", "localhost:5000/a")]
    [InlineData("image", "unknown option '--pish'", "--pish")]
    [InlineData("image", "unknown engine 'dockr': docker, buildah or publish", "--engine", "dockr")]
    [InlineData("image", "--repository needs a value: see build/image --help", "--repository")]
    [InlineData("image", "--tag needs a value: see build/image --help", "--tag", "--push")]
    [InlineData("image", "--base needs a value: see build/image --help", "--base")]
    [InlineData("pin-bases", "--out needs a value: see build/pin-bases --help", "--out")]
    [InlineData("prove", "--work needs a value: see build/prove --help", "--work")]
    [InlineData("stand-in-bases", "REGISTRY is missing")]
    public async Task A_wrong_call_of_a_script_of_the_build_is_refused_with_what_is_wrong(string script, string expected, params string[] arguments)
    {
        var (exitCode, _, error) = await Repository.RunAsync($"build/{script}", arguments);

        Assert.Equal(2, exitCode);
        Assert.EndsWith($"build/{script}: {expected}\n", error, StringComparison.Ordinal);
    }

    /// <summary>Without this, the missing tool was found after minutes of unpacking.</summary>
    [Fact]
    public async Task Stand_in_bases_names_every_missing_tool_before_it_begins()
    {
        var (exitCode, output, error) = await Repository.RunAsync(
            "/usr/bin/env", "PATH=/nowhere", "/bin/bash", "-c", $"dirname() {{ echo '{Repository.Root}/build'; }}; basename() {{ echo stand-in-bases; }}; . '{Repository.Root}/build/stand-in-bases' localhost:5000");

        Assert.Equal((3, ""), (exitCode, output));
        Assert.Equal("build/stand-in-bases: these tools are missing: buildah mmdebstrap dpkg curl dotnet: install them first\n", error);
    }

    [Fact]
    public async Task A_bases_file_with_a_line_that_names_no_reference_is_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "# pinned\nSDK_IMAGE\n", TestContext.Current.CancellationToken);

            var (exitCode, _, error) = await Repository.RunAsync("build/image", "--repository", "localhost:5000/a", "--tag", "1", "--bases", file);

            Assert.Equal(2, exitCode);
            Assert.Equal($"build/image: {file}: 'SDK_IMAGE' is not NAME=REF\n", error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Layers_part_the_application_from_its_libraries_and_carry_one_time_stamp()
    {
        var folder = Directory.CreateTempSubdirectory("faceedge-layers-");
        try
        {
            var publish = folder.CreateSubdirectory("publish");
            foreach (var name in new[] { "face-detector", "face-detector.dll", "face-detector.deps.json", "appsettings.json", "sbom.cdx.json", "SkiaSharp.dll", "libSkiaSharp.so" })
            {
                await File.WriteAllTextAsync(Path.Combine(publish.FullName, name), name, TestContext.Current.CancellationToken);
            }

            // By a relative path, as the Dockerfile calls it.
            var outcome = await Repository.RunAsync(
                "/bin/sh", "-c", $"cd '{Repository.Root}' && build/layers.sh '{publish.FullName}' '{Path.Combine(folder.FullName, "out")}'");

            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
            Assert.Equal(["SkiaSharp.dll", "libSkiaSharp.so"], Names(folder, "out/libraries/app"));
            Assert.Equal(
                ["appsettings.json", "face-detector", "face-detector.deps.json", "face-detector.dll", "sbom.cdx.json"], Names(folder, "out/application/app"));
            Assert.All(
                Directory.EnumerateFileSystemEntries(Path.Combine(folder.FullName, "out"), "*", SearchOption.AllDirectories),
                entry => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(entry)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The number of a pipeline's run is the image's version.</summary>
    [Theory]
    [InlineData("AssemblyVersion")]
    [InlineData("FileVersion")]
    public async Task The_date_of_a_run_does_not_overflow_an_assemblys_version(string property)
    {
        var (exitCode, output, error) = await Repository.RunAsync(
            "/bin/sh", "-c", $"dotnet msbuild '{Repository.Root}/face-detector' -getProperty:{property} -p:Version=20261125.1-1f2e3d4c");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.All(Version.Parse(output.Trim()).ToString().Split('.'), part => Assert.InRange(int.Parse(part, CultureInfo.InvariantCulture), 0, ushort.MaxValue - 1));
    }

    private static IEnumerable<string> Names(DirectoryInfo folder, string path) =>
        Directory.EnumerateFiles(Path.Combine(folder.FullName, path)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
