namespace FaceEdge.Deploy.Oci;

/// <summary>Reads a response's body, but not more of it than expected, and not for ever: HttpClient's own timeout ends with the headers.</summary>
public static class BoundedBody
{
    /// <summary>The whole body; null when it is longer than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="HttpRequestException">The body broke off, or had not ended after <paramref name="timeout"/>.</exception>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, TimeSpan timeout, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            return await ReadAsync(content, maxBytes, limit.Token);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"the answer broke off ({exception.Message.TrimEnd('.')})", exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"the answer had not ended after {timeout.TotalSeconds:0} s", exception);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > maxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
