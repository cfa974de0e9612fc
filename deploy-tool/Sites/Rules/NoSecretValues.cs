using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>What is in Git is read by everyone who has a copy, for ever.</summary>
internal sealed class NoSecretValues : SiteRule
{
    public override string Id => "FE6001";

    public override string Summary => "Secrets are made at the site, not written in Git";

    public override string Remedy => "delete the Secret from Git, change what it held, and make it at the site (kubectl create secret)";

    public override IEnumerable<Finding> Check(SiteView site) => site.Of("Secret")
        .Where(one => one.Root.At("sops") is null && (one.Root.EntriesAt("data").Count > 0 || one.Root.EntriesAt("stringData").Count > 0))
        .Select(one => Broken(one, one.Root.At("data") ?? one.Root.At("stringData"), "holds its values in clear text"));
}
