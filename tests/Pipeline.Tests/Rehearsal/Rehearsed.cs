using System.Diagnostics;
using System.Text.Json;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Rehearsal;
using FaceEdge.Deploy.Rehearsal.Approvals;
using FaceEdge.Tests.Forges;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Three sites that got their first image through the pipeline. Tests change the repository, rehearse, and put it back.</summary>
public sealed class Rehearsed : IAsyncLifetime
{
    internal const string FirstMode = "face";
    internal const string FirstBackground = "#e0f2fe";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-rehearsal-");

    internal RehearsedRepository Source { get; private set; } = null!;

    internal RehearsalResult First { get; private set; } = null!;

    /// <summary>The bare repository that the pipeline pushes to.</summary>
    internal string Remote => Path.Combine(_folder.FullName, "remote.git");

    /// <summary>Folder of screenshots, when somebody wants to look.</summary>
    internal static string? Screenshots => Environment.GetEnvironmentVariable("FACEEDGE_SCREENSHOTS");

    private static string DetectorFolder => Path.Combine(Repository.Root, "face-detector", "bin", Configuration, "net10.0");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        Source = await RehearsedRepository.CreateAsync();
        await Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith(FirstMode, FirstBackground));
        First = await RehearseAsync(approve: ["all"]);
    }

    public ValueTask DisposeAsync()
    {
        Source?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Rehearses the repository's HEAD in the folder that all tests share.</summary>
    internal async Task<RehearsalResult> RehearseAsync(string[]? approve = null, params (string Name, string Value)[] parameters)
    {
        await using var session = Open(approve ?? [], isInteractive: false, parameters);
        await session.PrepareAsync(Cancellation);
        await session.RunAsync(Cancellation);
        foreach (var site in session.Sites.Where(site => site.Status.Image is null))
        {
            await WaitAsync(() => site.Status.Image is not null || site.Status.Error is not null, $"{site.Address.Name} reports");
        }

        return session.Result();
    }

    internal RehearsalSession Open(string[] approve, bool isInteractive, params (string Name, string Value)[] parameters) =>
        Open(approve, isInteractive, new Dictionary<string, string>(), parameters);

    /// <param name="approve">As <c>--approve</c>.</param>
    /// <param name="isInteractive">Whether somebody can be asked.</param>
    /// <param name="variables">Variables of the pipeline, besides those that every rehearsal here has.</param>
    /// <param name="parameters">Parameters of the run.</param>
    internal RehearsalSession Open(string[] approve, bool isInteractive, IReadOnlyDictionary<string, string> variables, params (string Name, string Value)[] parameters) => new(
        new RehearsalOptions
        {
            Repository = Source.Root,
            Folder = _folder.FullName,
            Approvals = ApprovalDesk.ReadFlags(approve, []),
            IsInteractive = isInteractive,
            Parameters = parameters.ToDictionary(one => one.Name, one => one.Value),
            Variables = new Dictionary<string, string>(variables)
            {
                ["DEPLOY_TOOL"] = Path.Combine(Source.Root, RehearsedRepository.Tool),
                ["FACE_DETECTOR"] = DetectorFolder,
                ["SITE_TIMEOUT"] = "90s",
                ["pullRequestToken"] = FakeForge.Token,
            },
            SiteInterval = TimeSpan.FromMilliseconds(500),
            SiteTimeout = TimeSpan.FromSeconds(180),
        },
        new Quiet(),
        TimeProvider.System);

    /// <summary>Asks for the tests that start sites: they take minutes, and more on a busy machine.</summary>
    private const string Wanted = "FACEEDGE_REHEARSAL_TESTS";

    /// <summary>Why there is nothing to rehearse with; null when all is there.</summary>
    internal static string? Missing =>
        Environment.GetEnvironmentVariable(Wanted) != "1" ? $"set {Wanted}=1 to run it: it starts sites and takes minutes"
        : ChildProcess.Locate("docker-registry") is null ? "docker-registry is not installed (apt-get install docker-registry)"
        : !File.Exists(Path.Combine(DetectorFolder, "face-detector")) ? $"face-detector is not built in {DetectorFolder}: build the solution"
        : null;

    /// <summary>The folder of a layer with the service as it was built, without what other machines and OpenCV need.</summary>
    internal static string Libraries(string folder)
    {
        var layer = Path.Combine(folder, "libraries");
        var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x64";
        if (!Directory.Exists(layer))
        {
            var own = $"runtimes/linux-{architecture}/";
            foreach (var file in Directory.EnumerateFiles(DetectorFolder, "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(DetectorFolder, file).Replace('\\', '/');
                var wanted = !path.EndsWith(".pdb", StringComparison.Ordinal) && !path.Contains("libOpenCv", StringComparison.Ordinal)
                    && (!path.StartsWith("runtimes/", StringComparison.Ordinal) || path.StartsWith(own, StringComparison.Ordinal));
                if (wanted)
                {
                    var target = Path.Combine(layer, "app", path);
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.Copy(file, target);
                }
            }
        }

        return layer;
    }

    /// <summary>What the page of a site shows now: mode and background.</summary>
    internal static async Task<(string Mode, string Background)> LookAsync(string url)
    {
        using var settings = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"{url}/api/v1/settings"), Cancellation));
        Assert.Contains("<html", await Http.GetStringAsync(new Uri(url), Cancellation), StringComparison.OrdinalIgnoreCase);
        return (settings.RootElement.GetProperty("mode").GetString()!, settings.RootElement.GetProperty("background").GetString()!);
    }

    internal static async Task WaitAsync(Func<bool> condition, string what) => await WaitAsync(() => Task.FromResult(condition()), what);

    internal static async Task WaitAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(8), $"waited in vain: {what}");
            await Task.Delay(50, Cancellation);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed class Quiet : IProgress<string>
    {
        public void Report(string value) => TestContext.Current.TestOutputHelper?.WriteLine(value);
    }
}
