using FaceEdge.Deploy.Rehearsal.Approvals;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>What the command line asks of a rehearsal.</summary>
internal sealed record RehearsalOptions
{
    /// <summary>The repository that is rehearsed; its HEAD is what the run is of.</summary>
    public required string Repository { get; init; }

    /// <summary>The engine of build/image that needs neither Docker nor buildah.</summary>
    public const string PublishEngine = "publish";

    /// <summary>Whether only what the sites do is rehearsed: nothing is built, tested or gated before the image.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Working state, kept for the next rehearsal.</summary>
    public required string Folder { get; init; }

    /// <summary>The pipeline's file, from the top of the repository.</summary>
    public string Pipeline { get; init; } = "azure-pipelines.yml";

    /// <summary>Address of a Git remote; null for a bare repository in the folder.</summary>
    public string? Remote { get; init; }

    /// <summary>Host and port of a registry; null to start one.</summary>
    public string? Registry { get; init; }

    /// <summary>What builds the image; null for what answers, <c>publish</c> where no engine does.</summary>
    public string? Engine { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public IReadOnlySet<string> Skip { get; init; } = new HashSet<string>();

    public string? StopAfter { get; init; }

    public IReadOnlyDictionary<string, ApprovalAnswer> Approvals { get; init; } = new Dictionary<string, ApprovalAnswer>();

    /// <summary>Whether somebody at a terminal can be asked.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>How often sites pull.</summary>
    public TimeSpan SiteInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a site's new process may take to become ready.</summary>
    public TimeSpan SiteTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
