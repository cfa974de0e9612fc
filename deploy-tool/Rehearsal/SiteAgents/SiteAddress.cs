namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>A site of the rehearsal.</summary>
/// <param name="Environment">Its environment.</param>
/// <param name="Name">Its name; the environment's where that is one site.</param>
/// <param name="Folder">The folder that it pulls, from the top of the repository.</param>
/// <param name="Port">Where its page answers on this machine.</param>
internal sealed record SiteAddress(string Environment, string Name, string Folder, int Port)
{
    /// <summary>Names below it are this machine's own (RFC 6761, section 6.3), and not every machine's resolver knows.</summary>
    public const string LocalDomain = ".localhost";

    /// <summary>What people know the site by.</summary>
    public string Label => LabelOf(Environment, Name);

    public string Url => $"http://localhost:{Port}";

    public static string LabelOf(string environment, string name) => environment == name ? name : $"{environment}/{name}";
}
