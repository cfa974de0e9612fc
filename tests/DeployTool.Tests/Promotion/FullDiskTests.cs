using System.Diagnostics;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Commands;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>Clones on a small file system of their own, which is full or read-only. Needs the right to mount.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const string Manifest = "sites/qa/face-detector.yaml";

    private SitesRepository _sites = null!;
    private string _mount = "";

    public async ValueTask InitializeAsync()
    {
        _sites = await CreateAsync();
        var mount = Directory.CreateDirectory(Path.Combine(_sites.Folder, "small")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && await MountAsync("-t", "tmpfs", "-o", "size=4m", "tmpfs", mount), "no right to mount a file system");
        _mount = mount;
    }

    [Fact]
    public async Task A_full_disk_leaves_every_file_whole_and_the_next_run_goes_on()
    {
        var clone = await _sites.CloneAsync("small/clone");
        var before = await File.ReadAllTextAsync(Path.Combine(clone, Manifest), TestContext.Current.CancellationToken);
        var filler = Path.Combine(_mount, "filler");
        Fill(filler);

        var full = await PromoteAsync(clone, '1');
        var kept = await File.ReadAllTextAsync(Path.Combine(clone, Manifest), TestContext.Current.CancellationToken);
        File.Delete(filler);
        var after = await PromoteAsync(clone, '2');

        Assert.NotEqual(0, full.Status);
        Assert.StartsWith("error: ", full.Error);
        Assert.Equal(before, kept);
        Assert.Equal((0, ""), (after.Status, after.Error));
        Assert.Equal("", await new GitProcess(clone).RunAsync(CancellationToken.None, "status", "--porcelain"));
        Assert.Equal(await _sites.RemoteFileAsync(Manifest), await File.ReadAllTextAsync(Path.Combine(clone, Manifest), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_full_disk_leaves_the_report_of_the_gate_before_as_it_was()
    {
        var clone = await _sites.CloneAsync("gated");
        var reports = Path.Combine(_mount, "reports");
        Assert.Equal(0, (await GateAsync(clone, reports, "Passed")).Status);
        var before = Files(reports);
        Fill(Path.Combine(_mount, "filler"));

        var run = await GateAsync(clone, reports, "Failed");

        Assert.NotEqual(1, run.Status);
        Assert.Single(run.Error.Split('\n'));
        Assert.Equal(before, Files(reports));
    }

    [Fact]
    public async Task A_read_only_clone_is_refused_in_one_line_and_nothing_is_pushed()
    {
        var clone = await _sites.CloneAsync("small/clone");
        await MountAsync("-o", "remount,ro", _mount);

        var run = await PromoteAsync(clone, '1');

        Assert.NotEqual(0, run.Status);
        Assert.Single(run.Error.Split('\n'));
        Assert.Equal(1, await _sites.RemoteCommitsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_mount.Length > 0)
        {
            using var unmount = Process.Start("umount", ["--lazy", _mount]);
            await unmount.WaitForExitAsync();
        }

        _sites.Dispose();
    }

    private static Task<Invocation> PromoteAsync(string clone, char digit) => Invocation.RunInAsync(
        clone, "promote", "--to", "qa", "--image", Pinned($"1.0.{digit}", digit), "--skip-image-check", "-q");

    private static async Task<Invocation> GateAsync(string clone, string reports, string decision)
    {
        var evaluation = """
            {"report":{"model":"m","modelSha256":"0","labelsSha256":"0","inputSide":320,"pictures":9,"sizes":[],"millisecondsPerPicture":4.5},
             "gate":{"decision":"DECISION","reason":"Why.","changes":{}}}
            """.Replace("DECISION", decision, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(clone, "eval.json"), evaluation, TestContext.Current.CancellationToken);
        return await Invocation.RunInAsync(clone, "gate", "--accuracy", "eval.json", "--report", reports);
    }

    private static Dictionary<string, string> Files(string folder) => Directory.GetFiles(folder).ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);

    /// <summary>Takes every byte that is left.</summary>
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<bool> MountAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("mount", arguments) { RedirectStandardError = true };
        using var mount = Process.Start(start)!;
        await mount.StandardError.ReadToEndAsync();
        await mount.WaitForExitAsync();
        return mount.ExitCode == 0;
    }
}
