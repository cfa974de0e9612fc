using System.Diagnostics.CodeAnalysis;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>What sites/environments.yaml says: which image is delivered, in which order, behind which gates.</summary>
/// <param name="Image">The one image that is promoted.</param>
/// <param name="Environments">In promotion order.</param>
/// <param name="MayDiffer">What may differ between environments without anyone asking why.</param>
/// <param name="Strict">Whether a kind or a field that validation cannot judge is an error.</param>
internal sealed record DeliveryPolicy(
    ImagePolicy Image, IReadOnlyList<SiteEnvironment> Environments, IReadOnlyList<AllowedDifference> MayDiffer, bool Strict = false)
{
    /// <summary>Where the sites' telemetry is, and how it is read.</summary>
    public TelemetryPolicy Telemetry { get; init; } = TelemetryPolicy.Default;

    /// <summary>Where changes are proposed as pull requests, and how.</summary>
    public PullRequestPolicy PullRequests { get; init; } = PullRequestPolicy.Default;

    /// <summary>The environment of this name; null when the policy has none.</summary>
    public SiteEnvironment? Find(string name) => Environments.FirstOrDefault(environment => environment.Name == name);

    /// <summary>The environment of this name.</summary>
    /// <exception cref="SitesException">The policy has none.</exception>
    public SiteEnvironment Get(string name) => Find(name) ?? throw UnknownName.Environment(name, this);

    /// <summary>The environment that an image must have passed before it comes to this one; null for the first.</summary>
    public SiteEnvironment? Before(SiteEnvironment environment)
    {
        var index = Environments.TakeWhile(other => other.Name != environment.Name).Count();
        return index > 0 && index < Environments.Count ? Environments[index - 1] : null;
    }
}

/// <summary>Which image is delivered.</summary>
/// <param name="Repository">Registry and repository without a tag.</param>
/// <param name="Platforms">Platforms that the image's index must hold, such as <c>linux/arm64</c>.</param>
internal sealed record ImagePolicy(string Repository, IReadOnlyList<string> Platforms);

/// <summary>One environment of the promotion order, such as qa; its folder below sites/ has its name.</summary>
/// <param name="Name">Lower-case name, which is the folder's too.</param>
/// <param name="Gates">What an image must have shown before it is promoted into the environment.</param>
internal sealed record SiteEnvironment(string Name, GatePolicy Gates);

/// <summary>Where changes are proposed as pull requests, and how.</summary>
/// <param name="Address">The repository's page; null where the remote's address says it.</param>
/// <param name="Host"><c>github</c> or <c>azureRepos</c>; null where the address says it.</param>
/// <param name="Labels">What each pull request is labelled with.</param>
/// <param name="AutoComplete">Whether the host is to merge each by itself as soon as its rules let it.</param>
internal sealed record PullRequestPolicy(string? Address, string? Host, IReadOnlyList<string> Labels, bool AutoComplete)
{
    public const string GitHub = "github";
    public const string AzureRepos = "azureRepos";

    public static PullRequestPolicy Default { get; } = new(null, null, ["deploy-tool"], false);
}

/// <summary>Where the sites' telemetry is, and how it is read.</summary>
/// <param name="Prometheus">Address of the Prometheus that all sites write to; null when the policy names none.</param>
/// <param name="SilentAfter">A site without a sample for this long is silent.</param>
/// <param name="UpdateWithin">How long a site may take to run what Git wants; then it is behind.</param>
internal sealed record TelemetryPolicy(string? Prometheus, TimeSpan SilentAfter, TimeSpan UpdateWithin)
{
    /// <summary>A pod that crashes in a loop starts every five minutes (Kubernetes' longest back-off), and is not silent because of that.</summary>
    private static readonly TimeSpan DefaultSilentAfter = TimeSpan.FromMinutes(10);

    /// <summary>A first pull is 90 MB: half an hour on a line of 400 kbit/s, and as much again for the host to notice.</summary>
    private static readonly TimeSpan DefaultUpdateWithin = TimeSpan.FromHours(1);

    public static TelemetryPolicy Default { get; } = new(null, DefaultSilentAfter, DefaultUpdateWithin);
}

/// <summary>A value, with everything below it, that may differ between environments.</summary>
/// <param name="Document">Which object.</param>
/// <param name="Path">Which value of it.</param>
internal sealed record AllowedDifference(DocumentSelector Document, YamlPath Path)
{
    /// <summary>Reads <c>Kind/name path</c>, such as <c>ConfigMap/face-detector data.Site__Name</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowedDifference? difference)
    {
        difference = null;
        if (text.Split(' ', 2) is not [var selector, var path] || selector.Split('/') is not [{ Length: > 0 } kind, { Length: > 0 } name])
        {
            return false;
        }

        try
        {
            difference = new AllowedDifference(new DocumentSelector(kind, name), YamlPath.Parse(path));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>True for the path itself and for every path below it.</summary>
    public bool Covers(DocumentSelector document, YamlPath path) =>
        document == Document && path.Steps.Count >= Path.Steps.Count && Path.Steps.Zip(path.Steps).All(pair => pair.First == pair.Second);
}
