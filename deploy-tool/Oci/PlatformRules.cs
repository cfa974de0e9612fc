using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Oci;

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
