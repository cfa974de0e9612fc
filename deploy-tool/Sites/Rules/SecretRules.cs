using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>What is in Git is read by everyone who has a copy, for ever.</summary>
internal sealed class NoSecretValues() : SiteRule(
    "FE6001",
    "Secrets are made at the site, not written in Git",
    "delete the Secret from Git, change what it held, and make it at the site (kubectl create secret)")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Of("Secret")
        .Where(one => one.Root.At("sops") is null && (one.Root.EntriesAt("data").Count > 0 || one.Root.EntriesAt("stringData").Count > 0))
        .Select(one => Broken(one, one.Root.At("data") ?? one.Root.At("stringData"), "holds its values in clear text"));
}

/// <summary>
/// Looks at the whole text, comments and strings within strings too, since a password in a comment is as public as any. A finding
/// never repeats what it found.
/// </summary>
internal sealed partial class NoClearTextCredentials() : SiteRule(
    "FE6002",
    "No password, key or token stands in a file",
    "refer to a Secret that is made at the site, and change the credential: it is in Git's history")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        site.Files.Where(file => file.Text is not null).SelectMany(file => InText(file, file.Text!)).Concat(site.Pods.SelectMany(InEnvironment));

    private IEnumerable<Finding> InText(SiteFile file, string text)
    {
        foreach (Match match in UrlWithPassword().Matches(text))
        {
            yield return Found(file, text, match, "an address with a password");
        }

        foreach (var match in KeyWithValue().Matches(text).Where(match => IsCredential(text, match)))
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
        where SecretName().IsMatch(variable.Text("name") ?? "") && variable.Text("value") is { Length: > 0 } value && !NoCredential().IsMatch(value)
        select Broken(pod.Owner, variable.At("value"), $"{container}: the variable {variable.Text("name")} holds its value in clear text");

    /// <summary>
    /// In a comment only one word that is more than letters is taken for a credential: the rest is prose. What only names a credential's
    /// place, or a setting about one, is none anywhere.
    /// </summary>
    private static bool IsCredential(string text, Match match)
    {
        var value = match.Groups["value"].Value.Split(", ")[0].TrimEnd(' ', '}', ']', ',');
        if (match.Groups["shell"].Success)
        {
            value = ShellWord().Match(value).Value;
        }

        if (NotACredentialKey().IsMatch(match.Groups["key"].Value) || NoCredential().IsMatch(value) || ExternalReference().IsMatch(text, match.Index))
        {
            return false;
        }

        var lineStart = text.LastIndexOf('\n', match.Index) + 1;
        return !Comment().IsMatch(text[lineStart..match.Index]) || (!value.Contains(' ', StringComparison.Ordinal) && !value.All(char.IsLetter));
    }

    private Finding Found(SiteFile file, string text, Match match, string what) =>
        Broken(file, YamlText.PositionOf(text, match.Index), $"{what} stands here in clear text");

    [GeneratedRegex(@"[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@'""]*:(?!\$[({])[^/\s@'""]+@")]
    private static partial Regex UrlWithPassword();

    /// <summary>A value is looked ahead at, not taken, so that a flow mapping's next key on the line is seen too. A shell's assignment has no blanks.</summary>
    [GeneratedRegex(
        @"(?<![\w.-])[""']?(?<key>[\w.-]*(?:password|password_hash|passwd|passphrase|pwd|secret_?key|api_{0,2}key|auth_?token|access_?token|client_?secret))[""']?(?:(?<shell>=)(?=[^\s""'])|[ \t]*[:=][ \t]*)[""']?(?=(?<value>[^\s""'#{}\[\],|>][^\r\n""'#]*))",
        RegexOptions.IgnoreCase)]
    private static partial Regex KeyWithValue();

    /// <summary>What a shell assigns: the rest of the line is its next words or commands.</summary>
    [GeneratedRegex(@"^[^\s;&|)]*")]
    private static partial Regex ShellWord();

    /// <summary>The key that an ExternalSecret or PushSecret names beside the place of its value.</summary>
    [GeneratedRegex(@"\G[""']?secretKey[""']?[ \t]*:[^\n,}]*[,\n]\s*[""']?(?:remoteRef|sourceRef)[""']?[ \t]*:")]
    private static partial Regex ExternalReference();

    /// <summary>Settings about credentials: sudo's NOPASSWD, cloud-init's lock_passwd and expire_passwd, an empty -pwd of shells.</summary>
    [GeneratedRegex("^(?:nopasswd|(?:lock|expire)_passwd|(?:old)?pwd)$", RegexOptions.IgnoreCase)]
    private static partial Regex NotACredentialKey();

    /// <summary>
    /// Booleans and the like, a locked account, a path, a variable or a command's output, a placeholder in angle brackets, sudo's ALL, the
    /// sources of nsswitch.conf, the address of a value in a vault, what SOPS or Sealed Secrets have encrypted.
    /// </summary>
    [GeneratedRegex(@"^(?:true|false|yes|no|on|off|never|always|null|none|~|!{1,2}|\*|x|/[\w./-]*|file:.*|\$[A-Za-z_({].*|`.*|<[^>]*>|ALL|(?:files|compat)(?: .*)?|(?:vault:|op://|ref\+).*|ENC\[.*|Ag[A-D][A-Za-z0-9+/]{40,}={0,2}|\d{1,3})$", RegexOptions.IgnoreCase)]
    private static partial Regex NoCredential();

    /// <summary>The front of a line that is a comment from there on.</summary>
    [GeneratedRegex(@"(?:^|\s)#")]
    private static partial Regex Comment();

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----|\$(?:1|5|6|y|2[aby])\$[./A-Za-z0-9=,$]{16,}|\bgh[pousr]_[A-Za-z0-9]{36}|\bAKIA[0-9A-Z]{16}\b|\bglpat-[\w-]{20}")]
    private static partial Regex KnownForm();

    [GeneratedRegex(
        "(?:password|passwd|passphrase|secret|token|api_{0,2}key|credential|private_?key)(?!.*(?:file|path|dir|name|ref|url|uri|ttl|length|policy|enabled|header|issuer|type|seconds)$)",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
