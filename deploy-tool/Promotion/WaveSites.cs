using System.Security.Cryptography;
using System.Text;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Sorts sites into waves.</summary>
internal static class WaveSites
{
    /// <summary>The sites in the order in which an image's digest draws them.</summary>
    public static List<SiteManifest> Draw(IReadOnlyList<SiteManifest> sites, string digest) =>
    [
        .. sites
            .Select(site => (Site: site, Draw: Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{digest} {site.Name}")))))
            .OrderBy(pair => pair.Draw, StringComparer.Ordinal)
            .Select(pair => pair.Site),
    ];

    /// <summary>
    /// The sites that have the image when each wave is done. Which sites go first is drawn by the image's digest: the same in every run
    /// of one rollout, so that it resumes, and others for the next image, so that no site is always the first to suffer.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<SiteManifest>> Assign(IReadOnlyList<SiteManifest> sites, IReadOnlyList<Wave> waves, string digest)
    {
        var drawn = Draw(sites, digest);
        var labels = waves.Any(wave => wave.Labels.Count > 0)
            ? sites.ToDictionary(site => site.Path, site => site.Manifest.ReadLabels(), StringComparer.Ordinal)
            : [];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var reached = new List<IReadOnlyList<SiteManifest>>();
        foreach (var wave in waves)
        {
            var candidates = drawn.Where(site => wave.Labels.All(label => labels[site.Path].GetValueOrDefault(label.Key) == label.Value)).ToList();
            var quota = (int)Math.Ceiling(candidates.Count * wave.Percent / 100.0);
            var missing = quota - candidates.Count(site => taken.Contains(site.Path));
            foreach (var site in candidates.Where(site => !taken.Contains(site.Path)).Take(Math.Max(0, missing)).ToList())
            {
                taken.Add(site.Path);
            }

            reached.Add([.. sites.Where(site => taken.Contains(site.Path))]);
        }

        return reached;
    }
}
