using System.Globalization;
using System.Security.Cryptography;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Rehearsal.Approvals;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Machine;
using FaceEdge.Deploy.Rehearsal.Running;
using FaceEdge.Deploy.Rehearsal.Running.Tasks;
using FaceEdge.Deploy.Rehearsal.SiteAgents;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>
/// One rehearsal: the remote, the registry, the sites and one run of the pipeline. Disposing it ends every process that it started.
/// </summary>
internal sealed class RehearsalSession : IAsyncDisposable
{
    private const string ImagePath = "faceedge/face-detector";
    private const string EnvironmentPrefix = "faceedge-";

    /// <summary>What a quick rehearsal leaves out, and the artifacts that later stages download from it.</summary>
    private static readonly HashSet<string> SlowStages = new(StringComparer.OrdinalIgnoreCase) { "build_test", "gates" };
    private static readonly string[] SlowArtifacts = ["evidence-latency", "evidence-accuracy"];

    private readonly RehearsalOptions _options;
    private readonly RehearsalFolder _folder;
    private readonly TimeProvider _time;
    private readonly IProgress<string> _progress;
    private readonly List<SiteAgent> _sites = [];
    private readonly List<HostRouter> _routers = [];
    private readonly List<string> _notes = [];
    private FileStream? _lock;
    private RehearsalState _state = new();
    private LocalRegistry? _registry;
    private RegistryClient? _client;
    private ApprovalService? _service;
    private PipelineRunner? _runner;
    private string? _stopped;

    public RehearsalSession(RehearsalOptions options, IProgress<string> progress, TimeProvider time)
    {
        _options = options;
        _folder = new RehearsalFolder(Path.GetFullPath(options.Folder));
        _progress = progress;
        _time = time;
        Desk = new ApprovalDesk(options.Approvals, options.IsInteractive);
    }

    public ApprovalDesk Desk { get; }

    public IReadOnlyList<SiteAgent> Sites => _sites;

    public IReadOnlyList<StageRun> Stages => _runner?.Stages ?? [];

    /// <summary>The commit that the run is of; empty before it is known.</summary>
    public string Commit { get; private set; } = "";

    /// <summary>The number of the run, and the last part of its folder's name.</summary>
    public string Number { get; private set; } = "";

    /// <summary>What differs from a run at Azure DevOps, in one line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public string RunFolder => _folder.Run(Number);

    public string ArtifactFolder => RunSurroundings.ArtifactsIn(RunFolder);

    /// <summary>Makes everything ready, and reads the pipeline: whatever is wrong with it comes out here, before anything runs.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        _lock = _folder.Lock();
        _state = _folder.Load();
        _state = _state with { Runs = _state.Runs + 1 };
        var source = await GitRepository.OpenAsync(_options.Repository, cancellation);
        var commit = await source.ResolveAsync("HEAD", cancellation) ?? throw DeployException.BadInput("the repository has no commit", "commit something first");
        if ((await source.Git.RunAsync(cancellation, "status", "--porcelain", "--untracked-files=no")).Length > 0)
        {
            _notes.Add("changes that are not committed are not rehearsed");
        }

        var host = _options.Registry ?? await StartRegistryAsync(cancellation);
        _client = new RegistryClient(new RegistryHttp(new RegistryClientOptions((_, _) => Task.FromResult<RegistryCredentials?>(null), Insecure: true), _time));
        var remote = await RehearsalRemote.OpenAsync(_folder, _options.Remote, cancellation);
        Commit = await remote.TakeAsync(source, commit, $"{host}/{ImagePath}", _options.IsQuick, cancellation);
        var checkout = await remote.OpenCheckoutAsync(cancellation);
        var desired = await DesiredState.ReadAsync(checkout, Commit, cancellation);
        var sites = await FindSitesAsync(desired, cancellation);
        await PrepareRunAsync(remote, desired, sites, host, cancellation);
        _folder.Save(_state);
        foreach (var (site, _) in sites)
        {
            var settings = new SiteSettings(
                _folder.Site(site.Environment, site.Name), remote.Url, RehearsalRemote.Branch, host, _options.SiteInterval, _options.SiteTimeout);
            _sites.Add(new SiteAgent(site, settings, _client, _time));
        }
    }

    /// <summary>Runs the pipeline.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await _runner!.RunAsync(_options.StopAfter, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _stopped = "interrupted";
        }
    }

    public RehearsalResult Result() => RehearsalResult.Of(this, _options.StopAfter, _stopped);

    public async ValueTask DisposeAsync()
    {
        _routers.ForEach(router => router.Dispose());
        await Task.WhenAll(_sites.Select(site => site.DisposeAsync().AsTask()));
        _service?.Dispose();
        _client?.Dispose();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }
    }

    private async Task<string> StartRegistryAsync(CancellationToken cancellation)
    {
        _registry = await LocalRegistry.StartAsync(_folder.Registry, _state.PortOf("registry"), _time, cancellation);
        return _registry.Host;
    }

    private async Task<List<(SiteAddress Address, SiteManifest Manifest)>> FindSitesAsync(DesiredState desired, CancellationToken cancellation)
    {
        var sites = new List<(SiteAddress, SiteManifest)>();
        foreach (var environment in desired.Policy.Environments)
        {
            foreach (var manifest in await desired.ReadSitesAsync(environment, cancellation))
            {
                var folder = manifest.Path[..manifest.Path.LastIndexOf('/')];
                sites.Add((new SiteAddress(environment.Name, manifest.Name, folder, _state.PortOf(folder)), manifest));
            }
        }

        return sites;
    }

    /// <summary>Opens a router to each environment of several sites.</summary>
    /// <returns>Where each environment's sites answer, as the pipeline gets it: {site} stands for a site's name.</returns>
    private Dictionary<string, string> OpenRouters(IEnumerable<SiteAddress> sites)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var environment in sites.GroupBy(site => site.Environment, StringComparer.Ordinal))
        {
            if (environment.Count() == 1)
            {
                urls[environment.Key] = environment.Single().Url;
                continue;
            }

            var port = _state.PortOf($"names of {environment.Key}");
            _routers.Add(new HostRouter(port, environment.ToDictionary(site => site.Name, site => site.Port)));
            urls[environment.Key] = $"http://{{site}}{SiteAddress.LocalDomain}:{port}";
        }

        return urls;
    }

    private async Task PrepareRunAsync(
        RehearsalRemote remote, DesiredState desired, List<(SiteAddress Address, SiteManifest Manifest)> sites, string host, CancellationToken cancellation)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var port = _state.PortOf("approvals");
        var agent = new AgentFolders(_folder.Agent);
        Number = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyyMMdd}.{_state.Runs}");
        var checks = Checks(desired);
        var predefined = Predefined(agent, port, checks.Values);
        var urls = OpenRouters(sites.Select(site => site.Address));
        var hasBase = await IsStoredAsync(sites[0].Manifest.Image, host, cancellation);
        var root = new TemplateExpander(new PipelineFiles(remote.Checkout)).Expand(
            _options.Pipeline, await ParametersAsync(remote, urls, host, hasBase, cancellation), predefined);
        var pipeline = PipelineReader.Read(root);
        var run = new RunSurroundings(
            RunFolder, remote.Url, Commit, RehearsalRemote.Branch, predefined, token, agent, Desk, _progress, _time);
        Directory.CreateDirectory(run.Logs);
        var overrides = await OverridesAsync(pipeline, cancellation);
        if (_options.IsQuick)
        {
            _notes.Add($"quick: {string.Join(" and ", SlowStages)} are left out, and the latency and accuracy gates with them; approvals that nobody answers are given");
            foreach (var artifact in SlowArtifacts)
            {
                Directory.CreateDirectory(Path.Combine(ArtifactFolder, artifact));
            }
        }

        _runner = new PipelineRunner(pipeline, run, overrides, checks, _options.Skip, _options.IsQuick ? SlowStages : new HashSet<string>());
        _service = new ApprovalService(port, [.. pipeline.Stages.Select(stage => stage.Name)], Desk, token);
    }

    /// <summary>Whether the rehearsal's registry has an image: those of the commit that is rehearsed are elsewhere.</summary>
    private async Task<bool> IsStoredAsync(ImageReference? image, string host, CancellationToken cancellation) =>
        image?.Digest is { } digest && image.Registry == host && await _client!.HeadManifestAsync(image, digest, cancellation) is not null;

    /// <summary>The parameters that this machine knows better, where the pipeline has them; those of the command line win.</summary>
    private async Task<Dictionary<string, string>> ParametersAsync(
        RehearsalRemote remote, Dictionary<string, string> urls, string host, bool hasBase, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["imageRepository"] = $"{host}/{ImagePath}",
            ["imageEngine"] = Engine(),
            ["soakQaMinutes"] = "0",
            ["soakUatMinutes"] = "0",
        };
        foreach (var (environment, url) in urls)
        {
            known[$"siteUrl{environment}"] = url;
        }

        // The first image has none before it that could be fetched and measured.
        if (!hasBase)
        {
            known["latencyBase"] = Commit;
        }

        var declared = new HashSet<string>(
            TemplateParameters.NamesOf(new PipelineFiles(remote.Checkout).Read(_options.Pipeline, null)), StringComparer.OrdinalIgnoreCase);
        if (!_options.IsQuick && !_options.Skip.Contains("gates") && declared.Contains(EvaluationSet.Parameter) && !_options.Parameters.ContainsKey(EvaluationSet.Parameter)
            && !EvaluationSet.IsAt(TemplateParameters.DefaultOf(new PipelineFiles(remote.Checkout).Read(_options.Pipeline, null), EvaluationSet.Parameter))
            && EvaluationSet.CanBeMadeOf(remote.Checkout))
        {
            known[EvaluationSet.Parameter] = await EvaluationSet.MakeAsync(_folder.EvaluationSet, remote.Checkout, _progress, cancellation);
            _notes.Add("the accuracy gate judges drawn scenes, with figures made here: this machine has no evaluation set");
        }

        var given = known.Where(one => declared.Contains(one.Key)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in _options.Parameters)
        {
            given[name] = value;
        }

        return given;
    }

    private string Engine()
    {
        var engine = _options.Engine ?? (ChildProcess.Locate("docker") is not null || ChildProcess.Locate("buildah") is not null ? "auto" : RehearsalOptions.PublishEngine);
        if (engine == RehearsalOptions.PublishEngine)
        {
            _notes.Add("the image is packed by build/image --engine publish: no base, no ffmpeg, no libjpeg-turbo; sites run it on this machine's .NET");
        }

        return engine;
    }

    /// <summary>Variables that win over YAML's: the machine's package folder, no registry login, this very deploy-tool.</summary>
    private async Task<Dictionary<string, string>> OverridesAsync(PipelineDefinition pipeline, CancellationToken cancellation)
    {
        var overrides = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["registryUsername"] = "", ["registryPassword"] = "" };
        if (pipeline.Variables.Any(variable => variable.Name == "NUGET_PACKAGES"))
        {
            overrides["NUGET_PACKAGES"] = await PackageFolderAsync(cancellation);
        }

        if (ChildProcess.LocateCompanion("deploy-tool") is { } program && !_options.Variables.ContainsKey("DEPLOY_TOOL"))
        {
            overrides["DEPLOY_TOOL"] = program;
            _notes.Add($"steps use {program}, not one built of the commit (--variable DEPLOY_TOOL= builds it)");
        }

        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "pipeline-rehearsal")
        {
            overrides["PIPELINE_REHEARSAL"] = self;
        }

        foreach (var (name, value) in _options.Variables)
        {
            overrides[name] = value;
        }

        return overrides;
    }

    private static async Task<string> PackageFolderAsync(CancellationToken cancellation)
    {
        var found = "";
        await ShellProcess.RunAsync(
            "dotnet",
            ["nuget", "locals", "global-packages", "--list", "--force-english-output"],
            Path.GetTempPath(),
            [],
            (line, _) => found = line.StartsWith("global-packages:", StringComparison.Ordinal) ? line["global-packages:".Length..].Trim() : found,
            cancellation);
        return found.TrimEnd('/');
    }

    /// <summary>Environments of the pipeline are named faceedge-NAME; those whose NAME asks for approvals have the check.</summary>
    private static Dictionary<string, EnvironmentCheck> Checks(DesiredState desired) => desired.Policy.Environments
        .Where(environment => environment.Gates.Approvals is not null && desired.Policy.Before(environment) is not null)
        .ToDictionary(
            environment => EnvironmentPrefix + environment.Name,
            environment => new EnvironmentCheck(desired.Policy.Before(environment)!.Name, environment.Gates.Approvals!.Count),
            StringComparer.OrdinalIgnoreCase);

    private Dictionary<string, string> Predefined(AgentFolders agent, int approvalsPort, IEnumerable<EnvironmentCheck> checks)
    {
        var predefined = AgentVariables.Of(agent, $"http://localhost:{approvalsPort}/");
        predefined["Build.BuildId"] = _state.Runs.ToString(CultureInfo.InvariantCulture);
        predefined["Build.BuildNumber"] = Number;
        predefined["Build.SourceVersion"] = Commit;
        foreach (var check in checks)
        {
            predefined[ManualValidationTask.PeopleVariable(check.Subject)] = check.People.ToString(CultureInfo.InvariantCulture);
        }

        return predefined;
    }
}
