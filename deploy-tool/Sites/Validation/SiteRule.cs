using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>One rule that every site must keep.</summary>
internal abstract class SiteRule
{
    /// <summary>FE and four digits: 1 files, 2 schema, 3 workloads, 4 network, 5 host and virtual machines, 6 secrets. Ids never change meaning.</summary>
    public abstract string Id { get; }

    /// <summary>What the rule asks for, as one sentence without a full stop.</summary>
    public abstract string Summary { get; }

    /// <summary>What to do when it is broken, as one sentence without a full stop.</summary>
    public abstract string Remedy { get; }

    public virtual Severity Severity => Severity.Error;

    public abstract IEnumerable<Finding> Check(SiteView site);

    protected Finding Broken(KubernetesObject owner, YamlNode? node, string message, string? remedy = null) =>
        Broken(owner.File, (node ?? owner.Root).Start, $"{owner}: {message}", remedy);

    protected Finding Broken(SiteFile file, SourcePosition position, string message, string? remedy = null) =>
        new(Id, Severity, file.RelativePath, position, message, remedy ?? Remedy);
}
