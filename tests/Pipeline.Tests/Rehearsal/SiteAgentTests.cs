using System.Globalization;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Rehearsal.Machine;
using FaceEdge.Deploy.Rehearsal.Packing;
using FaceEdge.Deploy.Rehearsal.SiteAgents;
using FaceEdge.Deploy.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>One site with its agent, a Git remote and a registry that the test takes away and brings back.</summary>
public sealed class SiteAgentTests : IAsyncLifetime
{
    /// <summary>How long the site is cut off; ten minutes when somebody asks for the long variant.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(
        double.Parse(Environment.GetEnvironmentVariable("FACEEDGE_CUT_OFF_MINUTES") ?? "0.02", CultureInfo.InvariantCulture));

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private DirectoryInfo _folder = null!;
    private LocalRegistry _registry = null!;
    private RegistryClient _client = null!;
    private SiteAgent _site = null!;
    private int _registryPort;

    private string Remote => Path.Combine(_folder.FullName, "remote.git");

    private string Desk => Path.Combine(_folder.FullName, "desk");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Rehearsed.Missing is not null, Rehearsed.Missing ?? "");
        _folder = Directory.CreateTempSubdirectory("faceedge-site-");
        _registryPort = FreePort.Take();
        await StartRegistryAsync();
        _client = new RegistryClient(new RegistryHttp(new RegistryClientOptions((_, _) => Task.FromResult<RegistryCredentials?>(null), Insecure: true), TimeProvider.System));
        Directory.CreateDirectory(Desk);
        Directory.CreateDirectory(Remote);
        await GitAsync(Remote, "init", "--quiet", "--bare", "--initial-branch=main");
        await GitAsync(Desk, "init", "--quiet", "--initial-branch=main");
        await ReleaseAsync("1", "face", Remote);
        _site = new SiteAgent(
            new SiteAddress("qa", "qa", "sites/qa", FreePort.Take()),
            new SiteSettings(Path.Combine(_folder.FullName, "site"), Remote, "main", _registry.Host, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(180)),
            _client,
            TimeProvider.System);
        await StateAsync(SiteState.Ready);
    }

    public async ValueTask DisposeAsync()
    {
        await EndSiteAsync();
        _client?.Dispose();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_site_cut_off_from_git_and_registry_keeps_detecting_and_catches_up_by_itself()
    {
        var away = Remote + ".away";
        Directory.Move(Remote, away);
        await _registry.DisposeAsync();
        await StateAsync(SiteState.UrlUnreachable);
        await ReleaseInGitAsync(await PackLaterAsync(), away);
        await Task.Delay(Away, Cancellation);

        Assert.Equal("face", await ModeAsync());
        await DetectsAsync();
        Assert.Equal(SiteState.UrlUnreachable, _site.Status.State);

        Directory.Move(away, Remote);
        await StateAsync(SiteState.ImagePullFailed);
        Assert.Equal("face", await ModeAsync());

        await StartRegistryAsync();
        await Rehearsed.WaitAsync(async () => _site.Status.State == SiteState.Ready && await ModeAsync() == "eyes", "the site catches up");
        Assert.Null(_site.Status.Error);
        Assert.Equal(_site.Status.LastCommit, _site.Status.AppliedCommit);
    }

    [Fact]
    public async Task A_site_whose_image_was_never_pushed_waits_for_its_first_promotion()
    {
        await EndSiteAsync();
        var pushed = await PackAsync("2", "eyes");
        await ReleaseInGitAsync(ImageReference.Parse($"{_registry.Host}/faceedge/face-detector:1@sha256:{new string('0', 64)}"), Remote);
        _site = new SiteAgent(
            new SiteAddress("qa", "qa", "sites/qa", FreePort.Take()),
            new SiteSettings(Path.Combine(_folder.FullName, "new-site"), Remote, "main", _registry.Host, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(180)),
            _client,
            TimeProvider.System);
        await StateAsync(SiteState.Pulled);
        await Rehearsed.WaitAsync(() => _site.Status.Error == "waits for its first promotion", "it says what for");

        await ReleaseInGitAsync(pushed, Remote);

        await StateAsync(SiteState.Ready);
        Assert.Equal("eyes", await ModeAsync());
    }

    [Fact]
    public async Task A_commit_that_changes_nothing_in_the_folder_restarts_nothing()
    {
        var applied = _site.Status.AppliedCommit;
        await File.WriteAllTextAsync(Path.Combine(Desk, "other.txt"), "other", Cancellation);
        await PushAsync(Remote);

        await Rehearsed.WaitAsync(() => _site.Status.LastCommit != applied, "the site sees the commit");
        Assert.Equal(applied, _site.Status.AppliedCommit);
        Assert.Equal(SiteState.Ready, _site.Status.State);
    }

    [Fact]
    public async Task The_page_stays_while_a_new_image_comes_up_and_while_one_does_not()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var answers = WatchAsync(stop.Token);

        await ReleaseAsync("2", "nose", Remote);
        await StateAsync(SiteState.NotReady);
        Assert.Contains("Detector:Mode", _site.Status.Error, StringComparison.Ordinal);
        await ReleaseAsync("3", "eyes", Remote);
        await Rehearsed.WaitAsync(async () => await ModeAsync() == "eyes", "the good image comes up");

        await stop.CancelAsync();
        var (asked, lost) = await answers;
        Assert.True(asked > 0);
        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task A_site_that_ends_while_a_new_image_comes_up_leaves_no_process_behind()
    {
        await ReleaseInGitAsync(await PackAsync("2", "face", "/app/never-ready"), Remote);
        var processes = Path.Combine(_folder.FullName, "site", "volumes", "tmp", "process");
        await Rehearsed.WaitAsync(() => File.Exists(processes) && File.ReadAllText(processes).EndsWith('\n'), "the new process starts");
        var id = (await File.ReadAllTextAsync(processes, Cancellation)).Trim();
        Assert.True(Directory.Exists($"/proc/{id}"));

        await EndSiteAsync();

        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    [Fact]
    public async Task A_site_whose_process_cannot_be_started_again_starts_it_when_it_can()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds the process below /proc");
        var program = Directory.EnumerateFiles(Path.Combine(_folder.FullName, "site"), "face-detector", SearchOption.AllDirectories).Single();
        File.Move(program, program + ".away");
        using (var process = System.Diagnostics.Process.GetProcessById(ProcessOf(program)))
        {
            process.Kill();
        }

        await StateAsync(SiteState.ApplyFailed);
        File.Move(program + ".away", program);

        await StateAsync(SiteState.Ready);
        Assert.Equal("face", await ModeAsync());
    }

    /// <summary>The process that was started with a program.</summary>
    private static int ProcessOf(string program) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && CommandOf(folder) == program)
        .Select(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))
        .Single();

    private static string CommandOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0')[0];
        }
        catch (IOException)
        {
            // It has ended.
            return "";
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task StateAsync(SiteState state) => Rehearsed.WaitAsync(() => _site.Status.State == state, $"the site is {state}; it was {_site.Status}");

    private async Task EndSiteAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
            _site = null!;
        }
    }

    private async Task StartRegistryAsync() =>
        _registry = await LocalRegistry.StartAsync(Path.Combine(_folder.FullName, "registry"), _registryPort, TimeProvider.System, Cancellation);

    private async Task<string> ModeAsync() => (await Rehearsed.LookAsync(_site.Address.Url)).Mode;

    /// <summary>The newest detections get newer.</summary>
    private async Task DetectsAsync()
    {
        var first = await DetectionsAsync();
        await Rehearsed.WaitAsync(async () => await DetectionsAsync() != first, "another frame is judged");
    }

    private async Task<string> DetectionsAsync() => await Http.GetStringAsync(new Uri($"{_site.Address.Url}/api/v1/detections"), Cancellation);

    private async Task<(int Asked, int Lost)> WatchAsync(CancellationToken cancellation)
    {
        var (asked, lost) = (0, 0);
        while (!cancellation.IsCancellationRequested)
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
            try
            {
                await http.GetStringAsync(new Uri(_site.Address.Url), CancellationToken.None);
            }
            catch (HttpRequestException)
            {
                lost++;
            }

            asked++;
            await Task.Delay(20, CancellationToken.None);
        }

        return (asked, lost);
    }

    private async Task ReleaseAsync(string tag, string mode, string remote) => await ReleaseInGitAsync(await PackAsync(tag, mode), remote);

    /// <summary>Pushes an image while the registry is up for the moment, and takes the registry away again.</summary>
    private async Task<ImageReference> PackLaterAsync()
    {
        await StartRegistryAsync();
        var image = await PackAsync("2", "eyes");
        await _registry.DisposeAsync();
        return image;
    }

    private async Task<ImageReference> PackAsync(string tag, string mode, string entrypoint = "/app/face-detector")
    {
        var application = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"application-{tag}", "app"));
        await File.WriteAllTextAsync(Path.Combine(application.FullName, "appsettings.json"), RehearsedRepository.SettingsWith(mode, ""), Cancellation);
        var stuck = Path.Combine(application.FullName, "never-ready");
        ExecutableFile.Write(stuck, "#!/bin/sh\necho $$ >\"$TMPDIR/process\"\nexec sleep 600\n");

        var layers = new[] { "linux/amd64", "linux/arm64" }.Select(platform => new PlatformLayers(platform, [Rehearsed.Libraries(_folder.FullName), application.Parent!.FullName]));
        return await ImagePacker.PushAsync(
            ImageReference.Parse($"{_registry.Host}/faceedge/face-detector:{tag}"),
            new ImageContent([.. layers], new Dictionary<string, string>(), [], [entrypoint], "/app", "1654"),
            insecure: true,
            new Progress<string>(),
            Cancellation);
    }

    private async Task ReleaseInGitAsync(ImageReference image, string remote)
    {
        var path = Path.Combine(Desk, "sites", "qa", "face-detector.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DetectorManifest.TryParse(Encoding.UTF8.GetBytes(Fleet.Manifest("qa")), out var manifest);
        await File.WriteAllBytesAsync(path, manifest.WithImage(image.ToString()).Bytes, Cancellation);
        await PushAsync(remote);
    }

    private async Task PushAsync(string remote)
    {
        await GitAsync(Desk, "add", "--all");
        await GitAsync(Desk, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgSign=false", "commit", "--quiet", "-m", "Release");
        await GitAsync(Desk, "push", "--quiet", remote, "HEAD:refs/heads/main");
    }

    private static Task<string> GitAsync(string directory, params string[] arguments) => new GitProcess(directory).RunAsync(Cancellation, arguments);
}
