using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>One rule that every site must keep.</summary>
/// <param name="id">
/// FE and four digits: 1 files, 2 schema, 3 workloads, 4 network, 5 host and virtual machines, 6 secrets, 7 telemetry, 8 template and inventory. Ids never change meaning.
/// </param>
/// <param name="summary">What the rule asks for, as one sentence without a full stop.</param>
/// <param name="remedy">What to do when it is broken, as one sentence without a full stop.</param>
/// <param name="severity">How much it weighs.</param>
internal abstract class SiteRule(string id, string summary, string remedy, Severity severity = Severity.Error)
{
    public string Id => id;

    public string Summary => summary;

    public string Remedy => remedy;

    public Severity Severity => severity;

    public abstract IEnumerable<Finding> Check(SiteView site);

    protected Finding Broken(KubernetesObject owner, YamlNode? node, string message, string? remedy = null) =>
        Broken(owner.File, (node ?? owner.Root).Start, $"{owner}: {message}", remedy);

    protected Finding Broken(SiteFile file, SourcePosition position, string message, string? remedy = null) =>
        new(Id, Severity, file.RelativePath, position, message, remedy ?? Remedy);

    /// <summary>What this tool cannot judge: a warning, unless the policy is strict.</summary>
    protected Finding Unjudged(SiteView site, SiteFile file, SourcePosition position, string message) => new(
        Id, site.Policy?.Strict == true ? Severity.Error : Severity.Warning, file.RelativePath, position, message,
        "check it against the host's own schema (kubectl apply --dry-run=server)");
}

/// <summary>What a rule asks for.</summary>
/// <param name="Id">FE and four digits.</param>
/// <param name="Summary">What it asks for, as one sentence without a full stop.</param>
/// <param name="Remedy">What to do when it is broken.</param>
/// <param name="Severity">How much it weighs.</param>
internal sealed record RuleDescription(string Id, string Summary, string Remedy, Severity Severity);
