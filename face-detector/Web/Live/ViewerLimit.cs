using FaceEdge.Configuration;

namespace FaceEdge.Web.Live;

/// <summary>Counts all who are served pictures or events, and lets no more in than the host can serve.</summary>
internal sealed class ViewerLimit : EntryLimit
{
    public ViewerLimit(ServiceOptions options)
        : base(options.Stream.MaxViewers)
    {
    }
}
