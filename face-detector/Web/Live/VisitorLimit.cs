using FaceEdge.Configuration;

namespace FaceEdge.Web.Live;

/// <summary>Counts visitors' cameras: each keeps pictures of its own in memory, where all viewers share one.</summary>
internal sealed class VisitorLimit : EntryLimit
{
    public VisitorLimit(ServiceOptions options)
        : base(options.Upload.MaxVisitors)
    {
    }
}
