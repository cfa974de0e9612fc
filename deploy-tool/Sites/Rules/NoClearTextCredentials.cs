using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>
/// Looks at the whole text, comments and strings within strings too, since a password in a comment is as public as any. A finding
/// never repeats what it found.
/// </summary>
internal sealed partial class NoClearTextCredentials : SiteRule
{
    public override string Id => "FE6002";

    public override string Summary => "No password, key or token stands in a file";

    public override string Remedy => "refer to a Secret that is made at the site, and change the credential: it is in Git's history";

    public override IEnumerable<Finding> Check(SiteView site) =>
        site.Files.Where(file => file.Text is not null).SelectMany(file => InText(file, file.Text!)).Concat(site.Pods.SelectMany(InEnvironment));

    private IEnumerable<Finding> InText(SiteFile file, string text)
    {
        foreach (Match match in UrlWithPassword().Matches(text))
        {
            yield return Found(file, text, match, "an address with a password");
        }

        foreach (Match match in KeyWithValue().Matches(text))
        {
            yield return Found(file, text, match, $"a value for '{match.Groups["key"].Value}'");
        }

        foreach (Match match in KnownForm().Matches(text))
        {
            yield return Found(file, text, match, "a private key, a token or a password hash");
        }
    }

    /// <summary>A variable's name and value stand on two lines, which the text alone does not join.</summary>
    private IEnumerable<Finding> InEnvironment(PodTemplate pod) =>
        from container in pod.AllContainers
        from variable in container.Node.ItemsAt("env")
        where SecretName().IsMatch(variable.Text("name") ?? "") && variable.Text("value") is { Length: > 0 } value && !value.StartsWith("$(", StringComparison.Ordinal)
        select Broken(pod.Owner, variable.At("value"), $"{container}: the variable {variable.Text("name")} holds its value in clear text");

    private Finding Found(SiteFile file, string text, Match match, string what) =>
        Broken(file, YamlText.PositionOf(text, match.Index), $"{what} stands here in clear text");

    [GeneratedRegex(@"[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@'""]*:(?!\$[({])[^/\s@'""]+@")]
    private static partial Regex UrlWithPassword();

    [GeneratedRegex(
        @"(?<![\w.-])[""']?(?<key>[\w.-]*(?:password|password_hash|passwd|passphrase|pwd|secret_?key|api_{0,2}key|auth_?token|access_?token|client_?secret))[""']?[ \t]*[:=][ \t]*(?!(?:true|false|null|~|\$[({].*)[""']?\s*(?:#.*)?$)[""']?[^\s""'#{}\[\],|>]",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex KeyWithValue();

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----|\$(?:1|5|6|y|2[aby])\$[./A-Za-z0-9=,$]{16,}|\bgh[pousr]_[A-Za-z0-9]{36}|\bAKIA[0-9A-Z]{16}\b|\bglpat-[\w-]{20}")]
    private static partial Regex KnownForm();

    [GeneratedRegex("password|passwd|passphrase|secret|token|api_{0,2}key|credential|private_?key", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
