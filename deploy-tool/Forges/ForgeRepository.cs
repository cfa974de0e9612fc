namespace FaceEdge.Deploy.Forges;

/// <summary>Which repository of which host pull requests are of, found from the address that it is cloned from or seen at.</summary>
/// <param name="Kind">What the host speaks.</param>
/// <param name="Page">The repository's page; without a slash at its end.</param>
/// <param name="Owner">At GitHub its owner; at Azure Repos its project.</param>
/// <param name="Name">Of the repository.</param>
public sealed record ForgeRepository(ForgeKind Kind, Uri Page, string Owner, string Name)
{
    private const string AzureHost = "dev.azure.com";
    private const string AzureSshHost = "ssh.dev.azure.com";
    private const string OldAzureDomain = ".visualstudio.com";
    private const string RepositoryMark = "_git";

    /// <summary>What messages call it: nothing of it is secret.</summary>
    public string DisplayName => $"{Page.Authority}{Uri.UnescapeDataString(Page.AbsolutePath)}";

    /// <summary>At Azure Repos, where the organization or collection answers; ends with a slash. At GitHub its page.</summary>
    internal Uri Collection { get; private init; } = Page;

    /// <summary>Finds the repository.</summary>
    /// <param name="address">An http or ssh address, as <c>git remote get-url</c> prints it or as a browser shows it.</param>
    /// <param name="kind">What the host speaks; null to tell it from the address.</param>
    /// <exception cref="ForgeException">The address is of no host that has pull requests, or does not tell which.</exception>
    public static ForgeRepository Parse(string address, ForgeKind? kind = null)
    {
        var page = ToPage(address) ?? throw ForgeException.Unusable(
            $"'{Uncredentialed(address)}' is no address of a host with pull requests", "write pullRequests.address into sites/environments.yaml, such as https://github.com/faceedge/sites");
        var segments = Segments(page);
        if (kind is ForgeKind.AzureRepos || (kind is null && segments.Contains(RepositoryMark)))
        {
            return Azure(page, segments);
        }

        if (kind is null && !IsGitHub(page.Host))
        {
            throw ForgeException.Unusable(
                $"what {page.Authority} speaks is not known", "write pullRequests.host: github or azureRepos into sites/environments.yaml");
        }

        return segments is [var owner, var repository]
            ? new ForgeRepository(ForgeKind.GitHub, page, Uri.UnescapeDataString(owner), Uri.UnescapeDataString(repository))
            : throw NoRepository(page, "https://github.com/OWNER/NAME");
    }

    /// <summary><c>COLLECTION/PROJECT/_git/NAME</c>; a repository that is called like its project may leave the project out.</summary>
    private static ForgeRepository Azure(Uri page, string[] segments)
    {
        var mark = Array.IndexOf(segments, RepositoryMark);
        var above = page.Host == AzureHost ? 1
            : page.Host.EndsWith(OldAzureDomain, StringComparison.Ordinal) ? segments is ["DefaultCollection", ..] ? 1 : 0
            : mark - 1;
        if (mark < 0 || mark != segments.Length - 2 || mark - above is not (0 or 1) || above < 0)
        {
            throw NoRepository(page, "https://dev.azure.com/ORGANIZATION/PROJECT/_git/NAME");
        }

        var name = Uri.UnescapeDataString(segments[^1]);
        return new ForgeRepository(ForgeKind.AzureRepos, page, mark == above ? name : Uri.UnescapeDataString(segments[above]), name)
        {
            Collection = new Uri(page, string.Concat(segments.Take(above).Select(segment => $"/{segment}")) + "/"),
        };
    }

    /// <summary>github.com, an Enterprise Cloud host with data residency, or a server that is called so.</summary>
    private static bool IsGitHub(string host) =>
        host == "github.com" || host.EndsWith(".ghe.com", StringComparison.Ordinal) || host.StartsWith("github.", StringComparison.Ordinal);

    /// <summary>The page of what an address is of; null where it is a path, or speaks neither http nor ssh.</summary>
    private static Uri? ToPage(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ssh" && uri.Host.Length > 0)
        {
            return uri.Scheme == "ssh" ? FromSsh(uri.Host, uri.AbsolutePath) : PageAt(uri.Scheme, uri.IsDefaultPort ? uri.Host : uri.Authority, uri.AbsolutePath);
        }

        // git@github.com:owner/name.git, as scp writes it; a path may hold a colon too, but behind a slash.
        return address.Split(':', 2) is [{ Length: > 1 } host, { Length: > 0 } path] && !host.Contains('/', StringComparison.Ordinal) && !path.StartsWith("//", StringComparison.Ordinal)
            ? FromSsh(host[(host.LastIndexOf('@') + 1)..], path)
            : null;
    }

    private static Uri? FromSsh(string host, string path) =>
        (host == AzureSshHost || host.EndsWith(OldAzureDomain, StringComparison.Ordinal)) && path.Trim('/').Split('/') is ["v3", var organization, var project, var name]
            ? PageAt("https", AzureHost, $"/{organization}/{project}/{RepositoryMark}/{name}")
            : PageAt("https", host, path);

    private static Uri? PageAt(string scheme, string authority, string path)
    {
        path = path.Trim('/');
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        return Uri.TryCreate($"{scheme}://{authority}/{path}", UriKind.Absolute, out var page) ? page : null;
    }

    private static string[] Segments(Uri page) => page.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static ForgeException NoRepository(Uri page, string example) =>
        ForgeException.Unusable($"{page} is not the page of one repository", $"write pullRequests.address into sites/environments.yaml, such as {example}");

    /// <summary>A clone's address may hold a login.</summary>
    private static string Uncredentialed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? address.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal) : address;
}

/// <summary>The hosts that are known.</summary>
public enum ForgeKind
{
    /// <summary>github.com and GitHub Enterprise.</summary>
    GitHub,

    /// <summary>Azure DevOps Services and Server.</summary>
    AzureRepos,
}
