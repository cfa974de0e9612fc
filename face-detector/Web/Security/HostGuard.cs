using System.Net;
using FaceEdge.Configuration;

namespace FaceEdge.Web.Security;

/// <summary>
/// Refuses requests under names that may be a stranger's. Against DNS rebinding: a web page whose own name suddenly leads to this site would
/// count as this site's page in the visitor's browser and could read its frames. Such a request names the stranger's host.
/// </summary>
/// <remarks>
/// A site is reached by its address, or by a local name: nobody can own one of these in the public name system. Other names are the operator's to list.
/// </remarks>
internal static class HostGuard
{
    /// <summary>Reserved for private use, or never to be delegated (RFC 6761, 6762, 8375; ICANN's resolutions on .internal, .home and .corp), or Kubernetes' own.</summary>
    private static readonly string[] LocalSuffixes = [".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".home.arpa", ".svc"];

    public static IApplicationBuilder UseHostGuard(this IApplicationBuilder app, HttpAccessOptions options) => app.Use((context, next) =>
        IsOwn(context.Request.Host.Host, options.AllowedHosts) ? next(context) : Refuse(context));

    /// <param name="host">As the request names it, without port; empty where it names none.</param>
    /// <param name="allowed">See <see cref="HttpAccessOptions.AllowedHosts"/>.</param>
    public static bool IsOwn(string host, IReadOnlyList<string> allowed)
    {
        host = host.TrimEnd('.');
        return !host.Contains('.', StringComparison.Ordinal)
            || IPAddress.TryParse(host.Trim('[', ']'), out _)
            || Array.Exists(LocalSuffixes, suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            || allowed.Any(name => Matches(host, name));
    }

    private static bool Matches(string host, string name) => name switch
    {
        HttpAccessOptions.Any => true,
        ['*', .. var suffix] => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase),
        _ => host.Equals(name, StringComparison.OrdinalIgnoreCase),
    };

    private static Task Refuse(HttpContext context) => TypedResults.Problem(
        $"This site does not know the name {context.Request.Host.Host}. Use its address, or add the name to Http:AllowedHosts on the service.",
        statusCode: StatusCodes.Status421MisdirectedRequest,
        title: "Not this site's name").ExecuteAsync(context);
}
