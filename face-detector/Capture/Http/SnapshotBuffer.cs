namespace FaceEdge.Capture.Http;

/// <summary>Reads one answer's body at a time into a buffer that it keeps.</summary>
internal sealed class SnapshotBuffer : IDisposable
{
    private readonly int _limit;
    private readonly MemoryStream _body = new();
    private readonly byte[] _chunk = new byte[64 * 1024];

    /// <param name="limit">Bytes; a longer body is an error.</param>
    public SnapshotBuffer(int limit) => _limit = limit;

    /// <summary>The whole body; valid until the next call.</summary>
    /// <exception cref="CaptureException">Over the limit.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        _body.SetLength(0);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        int read;
        while ((read = await stream.ReadAsync(_chunk, cancellationToken)) > 0)
        {
            if (_body.Length + read > _limit)
            {
                throw new CaptureException(FormattableString.Invariant($"the camera sends a picture of more than {_limit:N0} bytes"));
            }

            _body.Write(_chunk, 0, read);
        }

        return _body.GetBuffer().AsMemory(0, (int)_body.Length);
    }

    public void Dispose() => _body.Dispose();
}
