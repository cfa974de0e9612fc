using System.Net;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Forges;

/// <summary>What an answer of a host, or none, means to the operator.</summary>
internal sealed class ForgeFaults(string name)
{
    /// <summary>Longer words are cut: an answer may be a whole page.</summary>
    private const int LongestWords = 300;

    private const string TokenRemedy = "give another token: DEPLOY_TOOL_PULL_REQUEST_TOKEN, or a file of it";

    /// <summary>An answer that is not what was asked for.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="words">What the host says of it; empty where it says nothing.</param>
    /// <param name="retryAfter">How long it asks to wait; null where it does not.</param>
    /// <param name="needs">What the host says a token needs; null where it does not.</param>
    /// <param name="inner">Where it came from.</param>
    public ForgeException ForResponse(HttpStatusCode status, string words, TimeSpan? retryAfter, string? needs = null, Exception? inner = null)
    {
        var said = Said(status, words);
        return status switch
        {
            HttpStatusCode.TooManyRequests => TooMany(said, retryAfter, inner),
            HttpStatusCode.Forbidden when retryAfter is not null => TooMany(said, retryAfter, inner),
            HttpStatusCode.Unauthorized or HttpStatusCode.NonAuthoritativeInformation or HttpStatusCode.Found =>
                ForgeException.Unusable($"{name} does not know this token ({said})", TokenRemedy, inner),
            HttpStatusCode.Forbidden => ForgeException.Unusable(
                $"{name} does not let this token do that ({said})", needs is null ? "let it read and write pull requests" : $"it needs {needs}: {TokenRemedy}", inner),
            HttpStatusCode.NotFound => ForgeException.Unusable(
                $"{name} is not there, or this token may not see it ({said})", "check the address, and that the token may read and write pull requests", inner),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                ForgeException.Unavailable($"{name} cannot answer now ({said})", "run it again later", inner, retryAfter),
            _ => ForgeException.Refused($"{name} says no ({said})", "do what it says", inner),
        };
    }

    /// <summary>No answer.</summary>
    public ForgeException Away(Exception exception)
    {
        var cause = exception is OperationCanceledException ? "no answer in time" : HttpFault.Cause(exception);
        return exception is HttpRequestException http && HttpFault.IsTls(http)
            ? ForgeException.Unusable($"no secure connection to {name}: {cause}", HttpFault.TlsRemedy(cause), exception)
            : ForgeException.Unavailable($"{name} is away: {cause}", "run it again later", exception);
    }

    /// <summary>An answer in another form than is documented.</summary>
    public ForgeException Strange(Exception? inner = null) =>
        ForgeException.Unavailable($"{name} answers with something else than was asked for", "check that pull requests of this repository are to be had there", inner);

    private ForgeException TooMany(string said, TimeSpan? retryAfter, Exception? inner) => ForgeException.Unavailable(
        $"{name} takes no more requests for now ({said})", retryAfter is { } wait ? $"run it again in {wait.TotalSeconds:0} s" : "run it again later", inner, retryAfter);

    private static string Said(HttpStatusCode status, string words)
    {
        var line = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        line = string.Concat(line.Where(character => !char.IsControl(character)));
        line = line.Length <= LongestWords ? line : line[..LongestWords] + "…";
        return line.Length == 0 || line.StartsWith('<') ? $"{(int)status}" : $"{(int)status}: {line}";
    }
}
