namespace FaceEdge.Deploy.Git;

/// <summary>What to do about a remote that a fetch or a push does not reach, by what was said of it.</summary>
internal static class RemoteRemedy
{
    /// <summary>Words of git, curl, ssh and the system; the first that occur decide.</summary>
    private static readonly (string[] Words, string Remedy)[] Known =
    [
        (["No space left on device", "Disk quota exceeded"], "make room on the disk"),
        (["insufficient permission for adding an object", "Read-only file system"], "give yourself the right to write there"),
        (["certificate has expired", "expired certificate"], "have the server's certificate renewed"),
        (["certificate", "self signed", "self-signed"], "let git trust who issued the certificate: git config http.sslCAInfo FILE, or the system's store"),
        (["Host key verification failed", "host key"], "compare the host's key, and add it to known_hosts with ssh-keyscan"),
        (
            [
                "Permission denied (", "terminal prompts disabled", "could not read Username", "could not read Password", "Authentication failed",
                "Access denied", "invalid credentials", "error: 401", "error: 403", "TF401019", "TF400813",
            ],
            "give git a login for it: a credential helper, or an SSH key that it knows"),
        (["Could not resolve host", "Name or service not known", "Temporary failure in name resolution"], "check the host's name (git remote -v) and the network"),
        (["does not appear to be a git repository", "not found", "error: 404", "does not exist"], "check the address: git remote -v"),
    ];

    /// <summary>The remedy for a cause, as an imperative sentence.</summary>
    public static string For(string cause)
    {
        var remedy = Array.Find(Known, one => Array.Exists(one.Words, words => cause.Contains(words, StringComparison.OrdinalIgnoreCase))).Remedy;
        return $"{remedy ?? "check the connection"}, then run it again";
    }
}
