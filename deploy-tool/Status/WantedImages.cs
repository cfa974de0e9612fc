using System.Text;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Status;

/// <summary>
/// What Git wants each site to run, as metrics in Prometheus's text format (https://prometheus.io/docs/instrumenting/exposition_formats/): beside
/// faceedge_build_info, which sites send, they tell a site that runs something else.
/// </summary>
internal sealed class WantedImages
{
    private const string Metric = "faceedge_wanted_image_info";

    private readonly StringBuilder _text = new StringBuilder()
        .Append("# HELP ").Append(Metric).Append(" The image that Git wants a site to run; always 1.\n")
        .Append("# TYPE ").Append(Metric).Append(" gauge\n");

    /// <summary>Adds an environment's sites; those that name no image are left out.</summary>
    public void Add(string environment, IEnumerable<WantedSite> sites)
    {
        foreach (var site in sites.Where(site => site.Image is not null))
        {
            _text.Append(Metric).Append("{environment=\"").Append(environment).Append("\",site=\"").Append(site.Name).Append("\",image=\"").Append(site.ImageText).Append("\"} 1\n");
        }
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());
}
