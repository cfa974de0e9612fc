using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The ports that a container declares.</summary>
internal static class Ports
{
    /// <summary>True when the container has a port of this name or number.</summary>
    public static bool Has(Container container, string nameOrNumber) =>
        container.Node.ItemsAt("ports").Any(port => port.Text("name") == nameOrNumber || port.Text("containerPort") == nameOrNumber);
}
