namespace FaceEdge.Deploy.History;

/// <summary>The trailers of commits that change sites rather than what they run.</summary>
internal static class SiteTrailers
{
    public const string Added = "Site-Added";
    public const string Renamed = "Site-Renamed";
    public const string Retired = "Site-Retired";
    public const string EnvironmentAdded = "Environment-Added";
    public const string Rendered = "Rendered-Sites";
}
