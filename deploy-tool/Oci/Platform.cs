using System.Diagnostics.CodeAnalysis;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Oci;

/// <summary>An index row's platform: operating system, architecture and, for ARM, the variant.</summary>
public readonly record struct Platform(string OperatingSystem, string Architecture, string Variant)
{
    private static readonly string[] OperatingSystems = ["linux", "windows", "darwin", "freebsd"];

    private static readonly string[] Architectures = ["amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "loong64", "mips64le"];

    /// <summary>
    /// The same platform under one name, in lower case: <c>arm64</c>, <c>arm64/v8</c> and <c>aarch64</c> are the same machine, as are <c>amd64</c>,
    /// <c>amd64/v1</c> and <c>x86_64</c> (containerd's platforms.Normalize).
    /// </summary>
    public Platform Normalized
    {
        get
        {
            var (architecture, variant) = (Architecture.ToLowerInvariant(), Variant.ToLowerInvariant()) switch
            {
                ("x86_64" or "x86-64" or "amd64", "v1" or "") => ("amd64", ""),
                ("x86_64" or "x86-64", var level) => ("amd64", level),
                ("aarch64" or "arm64", "v8" or "8" or "") => ("arm64", ""),
                ("aarch64", var version) => ("arm64", version),
                ("armhf", _) => ("arm", "v7"),
                ("armel", _) => ("arm", "v6"),
                ("arm", "" or "7") => ("arm", "v7"),
                ("arm", ['5' or '6' or '8'] version) => ("arm", "v" + version),
                ("i386" or "i686" or "x86", _) => ("386", ""),
                var same => same,
            };
            return new(OperatingSystem.ToLowerInvariant() is "macos" ? "darwin" : OperatingSystem.ToLowerInvariant(), architecture, variant);
        }
    }

    /// <summary>Reads <c>os/architecture[/variant]</c>, or an architecture alone, which is Linux's, in any of their spellings.</summary>
    /// <param name="text">Such as <c>linux/arm64</c>, <c>arm64</c>, <c>linux/aarch64</c>.</param>
    /// <param name="platform">Normalized.</param>
    /// <param name="fault">What is wrong with it, with what is allowed; null when it could be read.</param>
    public static bool TryParse(string text, out Platform platform, [NotNullWhen(false)] out string? fault)
    {
        platform = (text.Split('/') switch
        {
            [var architecture] => new Platform("linux", architecture, ""),
            [var system, var architecture] => new Platform(system, architecture, ""),
            [var system, var architecture, var variant] => new Platform(system, architecture, variant),
            _ => new Platform("", "", ""),
        }).Normalized;
        fault = platform switch
        {
            _ when !OperatingSystems.Contains(platform.OperatingSystem) =>
                $"'{text}' names no operating system that is known: write os/architecture, such as linux/arm64",
            _ when !Architectures.Contains(platform.Architecture) =>
                $"'{text}' names no architecture that is known: {string.Join(", ", Architectures)}",
            { Variant: var variant } when variant.Length > 0 && (variant[0] != 'v' || variant.Length == 1 || variant.AsSpan(1).ContainsAnyExceptInRange('0', '9')) =>
                $"'{text}' has a variant that is no version, such as linux/arm/v7",
            _ => null,
        };
        return fault is null;
    }

    public override string ToString() =>
        Variant.Length == 0 ? $"{OperatingSystem}/{Architecture}" : $"{OperatingSystem}/{Architecture}/{Variant}";
}

/// <summary>Each required platform stands in the index exactly once; spellings of one platform are one.</summary>
internal static class PlatformRules
{
    public static void Check(ImageReference image, ImageIndex index, IReadOnlyList<string> required, List<Refusal> problems)
    {
        foreach (var platform in required)
        {
            var wanted = Platform.TryParse(platform, out var known, out _) ? known : new Platform(platform, "", "");
            var count = index.Rows.Count(row => !row.IsAttestation && row.Platform?.Normalized == wanted);
            if (count == 0)
            {
                problems.Add(new Refusal(
                    "platform-missing", $"{image} has no {platform} image", $"build with --platform {string.Join(',', required)} and push the manifest list"));
            }
            else if (count > 1)
            {
                problems.Add(new Refusal(
                    "platform-ambiguous", $"{image} has {count} {platform} images", "keep one: a host would take any of them"));
            }
        }
    }
}
