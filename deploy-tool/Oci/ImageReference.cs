using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Oci;

/// <summary>
/// A container image by registry, repository, tag and digest, such as
/// <c>registry.example.com:5000/faceedge/face-detector:1.4.0@sha256:…</c>.
/// Grammar: github.com/distribution/reference. A registry is asked for, since a site has no default one.
/// </summary>
/// <param name="Registry">Host with its port if any.</param>
/// <param name="Repository">Path within the registry.</param>
/// <param name="Tag">Tag without its colon; null when the reference has none.</param>
/// <param name="Digest"><c>sha256:</c> and 64 lower-case hexadecimal digits; null when the reference has none.</param>
public sealed partial record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    private const int MaxPort = 65535;

    /// <summary>Registry and repository, which stay the same for every version.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>True when the reference names one content for ever and says which version people call it.</summary>
    public bool IsPinned => Tag is not null && Digest is not null;

    /// <summary>Reads a reference.</summary>
    /// <exception cref="FormatException">The text is not a reference; the message says what one looks like.</exception>
    public static ImageReference Parse(string text) => TryParse(text, out var reference)
        ? reference
        : throw new FormatException(PortFault(text)
            ?? $"'{text}' is not an image reference; expected registry/name:tag@sha256:digest, such as registry.example.com/faceedge/face-detector:1.4.0");

    /// <summary>What is wrong with the port of a text that else is a reference; null when that is not what is wrong with it.</summary>
    public static string? PortFault(string text) =>
        Pattern().Match(text) is { Success: true } match && !HasPort(match.Groups["port"]) ? $"the port of '{match.Groups["registry"].Value}' is not from 1 to {MaxPort}" : null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        var match = Pattern().Match(text ?? "");
        var isReference = match.Success && HasPort(match.Groups["port"]);
        reference = isReference
            ? new ImageReference(match.Groups["registry"].Value, match.Groups["repository"].Value, Part(match, "tag"), Part(match, "digest"))
            : null;
        return isReference;
    }

    public ImageReference WithDigest(string digest) => this with { Digest = digest };

    public override string ToString() => $"{Name}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    /// <summary>A port that is no port would be found out by the first request, as an exception of the network's.</summary>
    private static bool HasPort(Group port) => !port.Success || int.Parse(port.ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= MaxPort;

    private static string? Part(Match match, string group) => match.Groups[group] is { Success: true } part ? part.Value : null;

    [GeneratedRegex(
        @"^(?<registry>(?:localhost|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+|\[[0-9a-fA-F:]+\]|[a-zA-Z0-9-]+(?=:\d))(?::(?<port>\d{1,5}))?)" +
        @"/(?<repository>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)" +
        @"(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
