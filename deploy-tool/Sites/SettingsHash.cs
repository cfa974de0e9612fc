using System.Security.Cryptography;
using System.Text;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>
/// The hash that ties a Deployment's pods to their settings: it stands on the pod template, so that Kubernetes replaces the pods when
/// a setting changes.
/// </summary>
internal static class SettingsHash
{
    public const string Annotation = "faceedge.dev/settings-sha256";

    /// <summary>Where the annotation stands in the Deployment.</summary>
    public static readonly YamlPath Path = YamlPath.OfKeys("spec", "template", "metadata", "annotations", Annotation);

    /// <summary>SHA-256, in hexadecimal, of the lines key=value in ordinal order of the keys.</summary>
    public static string Of(IReadOnlyDictionary<string, string> settings)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in settings.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Append(key).Append('=').Append(value).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
