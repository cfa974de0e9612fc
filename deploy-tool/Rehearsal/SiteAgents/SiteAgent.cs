using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>
/// One site: pulls its folder from Git at an interval, as Flux does, applies it when it changed, and keeps face-detector running with it.
/// What runs goes on running when Git or the registry is away, and when what is new does not become ready.
/// </summary>
internal sealed class SiteAgent : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(3) };

    private readonly SiteSettings _settings;
    private readonly SiteMirror _mirror;
    private readonly ImageStore _images;
    private readonly RegistryClient _registry;
    private readonly TcpProxy _proxy;
    private readonly TimeProvider _time;
    private readonly StartDetector _start;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    private DetectorProcess? _process;
    private string? _appliedFolder;

    /// <summary>What did not come up, and when: it is tried again after a while, as a pod is that keeps failing.</summary>
    private string? _refusedFolder;
    private long _refusedAt;

    /// <summary>Starts again what was applied last.</summary>
    private Func<DetectorProcess>? _restart;
    private SiteStatus _status = SiteStatus.Unknown;

    /// <param name="address">Whose site it is, and where it is reached.</param>
    /// <param name="settings">What it works with.</param>
    /// <param name="registry">Where it pulls images.</param>
    /// <param name="time">The clock.</param>
    /// <param name="start">Starts an image's command; null for <see cref="DetectorProcess.Start"/>.</param>
    public SiteAgent(SiteAddress address, SiteSettings settings, RegistryClient registry, TimeProvider time, StartDetector? start = null)
    {
        Address = address;
        _settings = settings;
        _registry = registry;
        _time = time;
        _start = start ?? DetectorProcess.Start;
        _mirror = new SiteMirror(Path.Combine(settings.Directory, "git"), settings.Remote, settings.Branch);
        _images = new ImageStore(Path.Combine(settings.Directory, "images"));
        _proxy = new TcpProxy(address.Port);
        _loop = Task.Run(() => LoopAsync(_stop.Token));
    }

    public SiteAddress Address { get; }

    public SiteStatus Status => Volatile.Read(ref _status);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _proxy.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _stop.Dispose();
    }

    /// <summary>Nothing has gone wrong where nothing was promoted yet.</summary>
    private const string FirstPromotion = "waits for its first promotion";

    private async Task LoopAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await ReconcileAsync(cancellation);
            await Task.Delay(_settings.Interval, _time, cancellation);
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellation)
    {
        try
        {
            var (commit, fault) = await _mirror.FetchAsync(cancellation);
            if (commit is null)
            {
                Report(Status with { State = SiteState.UrlUnreachable, Error = fault });
                await KeepRunningAsync(cancellation);
                return;
            }

            Report(Status with { LastCommit = commit, State = Status.State == SiteState.PullInProgress ? SiteState.Pulled : Status.State });
            var folder = await _mirror.FolderHashAsync(commit, Address.Folder, cancellation);
            if (folder != _appliedFolder && (folder != _refusedFolder || _time.GetElapsedTime(_refusedAt) > _settings.Timeout))
            {
                await ApplyAsync(commit, folder, cancellation);
                return;
            }

            await KeepRunningAsync(cancellation);
            if (Status.State == SiteState.UrlUnreachable)
            {
                Report(Status with { State = _process is null ? SiteState.NotReady : SiteState.Ready, Error = null });
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever is wrong with what was pulled, the site goes on with what it has, and says so.
            Report(Status with { State = SiteState.ApplyFailed, Error = exception.Message });
        }
    }

    private async Task ApplyAsync(string commit, string? folder, CancellationToken cancellation)
    {
        Report(Status with { State = SiteState.Reconciling, Error = null });
        var manifest = await _mirror.ReadManifestAsync(commit, Address.Folder, cancellation);
        if (!ImageReference.TryParse(manifest.Image, out var image) || !image.IsPinned)
        {
            throw DeployException.BadInput($"{Address.Folder} names no image pinned by tag and digest", "promote one");
        }

        UnpackedImage unpacked;
        try
        {
            if (await WaitsForPromotionAsync(image, cancellation))
            {
                Refuse(folder);
                Report(Status with { State = SiteState.Pulled, Error = FirstPromotion });
                return;
            }

            unpacked = await _images.PullAsync(image, _registry, cancellation);
        }
        catch (Exception exception) when (exception is DeployException or RegistryException)
        {
            Report(Status with { State = SiteState.ImagePullFailed, Error = exception.Message });
            return;
        }

        await ReplaceAsync(commit, folder, image, unpacked, manifest, cancellation);
    }

    /// <summary>
    /// Whether the site runs nothing and has nothing to run: what the commit names is in another registry than the rehearsal's own, which alone is asked, or
    /// was never pushed to that.
    /// </summary>
    private async Task<bool> WaitsForPromotionAsync(ImageReference image, CancellationToken cancellation) =>
        image.Registry != _settings.Registry
        || (_process is null && !_images.Has(image) && await _registry.HeadManifestAsync(image, image.Digest!, cancellation) is null);

    /// <summary>The new process comes up beside the old one, which goes when the new one is ready (maxSurge 1, maxUnavailable 0).</summary>
    private async Task ReplaceAsync(
        string commit, string? folder, ImageReference image, UnpackedImage unpacked, DetectorManifest manifest, CancellationToken cancellation)
    {
        var next = Start(unpacked, manifest);
        string? fault;
        try
        {
            fault = await WaitUntilReadyAsync(next, cancellation);
        }
        catch (OperationCanceledException)
        {
            await next.DisposeAsync();
            throw;
        }

        if (fault is not null)
        {
            await next.DisposeAsync();
            Refuse(folder);
            Report(Status with { State = SiteState.NotReady, Error = $"{image.Tag}: {fault}" });
            return;
        }

        var old = _process;
        _process = next;
        _restart = () => Start(unpacked, manifest);
        _proxy.Target = next.Port;
        _appliedFolder = folder;
        _refusedFolder = null;
        Report(new SiteStatus(SiteState.Ready, commit, commit, image.ToString(), _time.GetUtcNow(), null));
        if (old is not null)
        {
            await old.DisposeAsync();
        }
    }

    private void Refuse(string? folder)
    {
        _refusedFolder = folder;
        _refusedAt = _time.GetTimestamp();
    }

    /// <summary>Starts the process again that ended by itself, as the kubelet does.</summary>
    private async Task KeepRunningAsync(CancellationToken cancellation)
    {
        if (_restart is null || _process is { HasExited: false })
        {
            return;
        }

        // Without a process until the new one stands: when it cannot be started, the next turn tries again.
        var ending = _process?.Ending ?? "it could not be started";
        if (_process is { } ended)
        {
            _process = null;
            await ended.DisposeAsync();
        }

        _process = _restart();
        var fault = await WaitUntilReadyAsync(_process, cancellation);
        _proxy.Target = _process.Port;
        Report(Status with { State = fault is null ? SiteState.Ready : SiteState.NotReady, Error = $"started again: {fault ?? ending}" });
    }

    private DetectorProcess Start(UnpackedImage image, DetectorManifest manifest)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (volume, path) in manifest.ReadMounts())
        {
            mounts[path] = Directory.CreateDirectory(Path.Combine(_settings.Directory, "volumes", volume)).FullName;
        }

        return _start(image, manifest.ReadEnvironment(), mounts, FreePort.Take(), Path.Combine(_settings.Directory, "face-detector.log"));
    }

    /// <returns>Null when /readyz says yes in time; otherwise why not.</returns>
    private async Task<string?> WaitUntilReadyAsync(DetectorProcess process, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var said = "it does not answer";
        while (_time.GetElapsedTime(started) < _settings.Timeout)
        {
            if (process.HasExited)
            {
                return process.Ending;
            }

            try
            {
                using var response = await Probe.GetAsync(new Uri($"http://127.0.0.1:{process.Port}/readyz"), cancellation);
                if (response.IsSuccessStatusCode)
                {
                    return null;
                }

                said = $"/readyz answers {(int)response.StatusCode}";
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                said = "it does not answer";
            }

            await Task.Delay(ProbeInterval, _time, cancellation);
        }

        return $"not ready within {_settings.Timeout.TotalSeconds:0} s: {said}";
    }

    private void Report(SiteStatus status) => Volatile.Write(ref _status, status);
}

/// <summary>What a site agent works with.</summary>
/// <param name="Directory">Its own folder: Git copy, images, volumes, log.</param>
/// <param name="Remote">The Git remote.</param>
/// <param name="Branch">The branch that it follows.</param>
/// <param name="Registry">The registry that the site can reach: host and port.</param>
/// <param name="Interval">Between two pulls.</param>
/// <param name="Timeout">How long a new process may take to become ready.</param>
internal sealed record SiteSettings(string Directory, string Remote, string Branch, string Registry, TimeSpan Interval, TimeSpan Timeout);
