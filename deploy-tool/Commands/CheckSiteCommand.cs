using System.CommandLine;
using System.Text.Json;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.SiteCheck;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>check-site</c>: whether a site runs what it is to run, and finds faces in time. Its result is evidence for a gate.</summary>
internal static class CheckSiteCommand
{
    private const int DefaultRequests = 20;
    private const double DefaultObjective = 500;
    private const string DefaultTimeout = "10m";

    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Environment of the site.", isRequired: true);
        var url = new Option<string>("--url") { Description = "Where the site's face-detector answers.", HelpName = "URL", Required = true };
        var site = new Option<string>("--site") { Description = "Site, where the environment has several.", HelpName = "NAME" };
        var picture = new Option<string>("--picture") { Description = "A picture of your own instead of the built-in one.", HelpName = "FILE" };
        var expect = new Option<string>("--expect") { Description = "The line that face-detector detect --json printed of it.", HelpName = "FILE" };
        var requests = new Option<int>("--requests") { Description = "Timed requests.", HelpName = "N", DefaultValueFactory = _ => DefaultRequests }.Between(1, 10_000);
        var objective = new Option<double>("--p95") { Description = "What 95 of 100 answers must not exceed.", HelpName = "MS", DefaultValueFactory = _ => DefaultObjective }.Between(0.001, 600_000);
        var timeout = new Option<string>("--timeout") { Description = "How long to wait for the image.", HelpName = "TIME", DefaultValueFactory = _ => DefaultTimeout };
        var key = new Option<string>(SiteClient.KeyFileOption) { Description = $"File of the site's Page:Key, where the page asks for one; else ${SiteClient.KeyVariable}.", HelpName = "FILE" };
        var evidence = new Option<string>("--evidence-out") { Description = "File to write the evidence to.", HelpName = "FILE" };
        var command = new Command("check-site", "Wait until a site runs its image, try it with a known picture, and write evidence for a gate.")
        {
            environment, url, site, picture, expect, requests, objective, timeout, key, evidence,
        };
        ReadOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var options = run.Options;
            var address = Address(options.GetRequiredValue(url));
            var shown = Picture(run, options.GetValue(picture), options.GetValue(expect));
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var state = await DesiredState.ReadAsync(repository, await ReadOptions.CommitAsync(run, repository, cancellation), cancellation);
            var wanted = await FindSiteAsync(state, options.GetRequiredValue(environment), options.GetValue(site), cancellation);
            var plan = new SiteCheckPlan(
                options.GetRequiredValue(environment),
                wanted.Name,
                ImageOf(wanted),
                shown,
                options.GetValue(requests),
                TimeSpan.FromMilliseconds(options.GetValue(objective)),
                Timeout(options.GetRequiredValue(timeout)));
            using var client = new SiteClient(address, PageKeyOption.Read(options.GetValue(key) is { } file ? run.Resolve(file) : null));
            var report = await new SiteChecker(client, run.Time, run.Progress).CheckAsync(plan, cancellation);
            if (options.GetValue(evidence) is { } path)
            {
                AtomicFile.Write(run.Resolve(path), JsonSerializer.SerializeToUtf8Bytes(report, DeployToolJson.Default.SiteCheckResult));
            }

            return report;
        });
    }

    private static async Task<SiteManifest> FindSiteAsync(DesiredState state, string environment, string? site, CancellationToken cancellation)
    {
        var sites = await state.ReadSitesAsync(state.Environment(environment), cancellation);
        return site is null
            ? sites is [var only] ? only : throw DeployException.BadInput($"{environment} has {sites.Count} sites", "name one with --site")
            : sites.FirstOrDefault(one => one.Name == site)
                ?? throw UnknownName.Site(environment, site, sites.Select(one => one.Name));
    }

    private static ImageReference ImageOf(SiteManifest site) =>
        site.Image is { IsPinned: true } image
            ? image
            : throw DeployException.BadInput($"{site.Path} names no image pinned by tag and digest", "promote one first");

    private static KnownPicture Picture(CommandRun run, string? picture, string? expect) => (picture, expect) switch
    {
        (null, null) => KnownPicture.BuiltIn(),
        ({ } file, { } line) => KnownPicture.Read(run.Resolve(file), run.Resolve(line)),
        _ => throw DeployException.BadInput("--picture and --expect belong together", "give both, or neither for the built-in picture"),
    };

    private static Uri Address(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw DeployException.BadInput($"--url '{text}' is not an http address", "write http://host:port");

    private static TimeSpan Timeout(string text) =>
        Duration.TryParse(text, out var duration) ? duration : throw DeployException.BadInput($"--timeout '{text}' is not a duration", "write for example 90s or 10m");
}

/// <summary>The key that a site's page asks of its visitors. An argument would show it to everybody on the machine.</summary>
internal static class PageKeyOption
{
    private const int MaxLength = 256;

    /// <summary>The key of the file, else of the variable; null where there is neither.</summary>
    /// <exception cref="DeployException">The file cannot be read, or what is given is no key.</exception>
    public static string? Read(string? file)
    {
        var key = file is null ? Environment.GetEnvironmentVariable(SiteClient.KeyVariable) : ReadFile(file);
        if (key?.Trim() is not { Length: > 0 } trimmed)
        {
            return null;
        }

        return trimmed.Length <= MaxLength && trimmed.All(sign => sign is > ' ' and <= '~')
            ? trimmed
            : throw DeployException.BadInput("the page key is not one line of visible ASCII characters", $"give the site's Page:Key with {SiteClient.KeySources}");
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DeployException.BadInput($"{SiteClient.KeyFileOption} {file} cannot be read: {exception.Message}", "name a file with the site's Page:Key");
        }
    }
}
