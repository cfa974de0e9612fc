namespace FaceEdge.Deploy.Sites;

/// <summary>One environment of the promotion order, such as qa; its folder below sites/ has its name.</summary>
/// <param name="Name">Lower-case name, which is the folder's too.</param>
/// <param name="Gates">What an image must have shown before it is promoted into the environment.</param>
internal sealed record SiteEnvironment(string Name, GatePolicy Gates);
