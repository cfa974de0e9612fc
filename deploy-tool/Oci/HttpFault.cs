namespace FaceEdge.Deploy.Oci;

/// <summary>Why a request got no answer, in the words of who said it first.</summary>
public static class HttpFault
{
    /// <summary>
    /// The first cause: HttpClient's own sentences only point to it ("The SSL connection could not be established, see inner exception.").
    /// </summary>
    public static string Cause(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner && IsPointer(cause.Message))
        {
            cause = inner;
        }

        return cause.Message.TrimEnd('.');
    }

    /// <summary>Whether the other side was reached and a secure connection failed, which no later try changes.</summary>
    public static bool IsTls(HttpRequestException exception) => exception.HttpRequestError == HttpRequestError.SecureConnectionError;

    /// <summary>What to do about a secure connection that failed for this cause.</summary>
    public static string TlsRemedy(string cause) => cause switch
    {
        _ when cause.Contains("NameMismatch", StringComparison.Ordinal) => "use the name that its certificate is made out to",
        _ when cause.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            "let this machine trust who issued the certificate: put it in the system's store, or name its file in SSL_CERT_FILE",
        _ when cause.Contains("frame", StringComparison.Ordinal) || cause.Contains("wrong version number", StringComparison.Ordinal) =>
            "it seems to speak plain http: --insecure asks it so",
        _ => "check its TLS set-up",
    };

    private static bool IsPointer(string message) =>
        message.Contains("inner exception", StringComparison.OrdinalIgnoreCase)
        || message.StartsWith("An error occurred while sending the request", StringComparison.Ordinal)
        || message.StartsWith("Error while copying content", StringComparison.Ordinal);
}
