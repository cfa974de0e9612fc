using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FaceEdge.Models;

namespace FaceEdge.ModelPull;

/// <summary>
/// Brings models into the cache, from the mirror when there is one, else from their published address. A download goes on where an
/// earlier one broke off, is never longer than the catalogue says, and becomes visible only whole and checked: it is written beside
/// the cached file, flushed to the disk and renamed. Several processes may pull the same model at once.
/// </summary>
internal sealed class ModelPuller
{
    private const int Attempts = 3;
    private const int BufferSize = 64 * 1024;

    /// <summary>A server that says nothing for so long is taken as gone.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(5);

    private readonly ModelStore _store;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public ModelPuller(ModelStore store, HttpClient http, TimeProvider time)
    {
        _store = store;
        _http = http;
        _time = time;
    }

    /// <summary>Makes sure that the cache holds a checked copy.</summary>
    /// <param name="entry">Not embedded.</param>
    /// <param name="progress">Receives the bytes had so far; may be null.</param>
    /// <param name="cancellationToken">Stops; what came so far stays for the next time.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ModelPullException">It cannot be had; nothing in the cache changed.</exception>
    public async Task<PullOutcome> PullAsync(CatalogueEntry entry, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (entry.IsEmbedded)
        {
            return PullOutcome.Embedded;
        }

        var path = _store.CachePath(entry);
        if (await IsWholeAsync(entry, path, cancellationToken))
        {
            return PullOutcome.AlreadyThere;
        }

        try
        {
            Directory.CreateDirectory(_store.CacheFolder);
            await using var partial = await OpenPartialAsync(path + ".partial", cancellationToken);

            // Another process may have finished while this one waited for the file.
            if (await IsWholeAsync(entry, path, cancellationToken))
            {
                File.Delete(partial.Name);
                return PullOutcome.AlreadyThere;
            }

            var goesOn = partial.Length > 0;
            await FillAsync(entry, partial, progress, cancellationToken);
            if (goesOn && !await IsWholeAsync(entry, partial, cancellationToken))
            {
                // What an earlier process left was damaged, as when the power failed: what it left is no reason to fail now.
                partial.SetLength(0);
                await FillAsync(entry, partial, progress, cancellationToken);
            }

            await CheckAsync(entry, partial, cancellationToken);
            partial.Flush(flushToDisk: true);
            File.Move(partial.Name, path, overwrite: true);
            return PullOutcome.Pulled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelPullException($"The cache {_store.CacheFolder} cannot be written: {exception.Message} Set {ModelStore.CacheVariable} to another folder.", exception);
        }
    }

    private static async Task<bool> IsWholeAsync(CatalogueEntry entry, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var file = File.OpenRead(path);
        return await IsWholeAsync(entry, file, cancellationToken);
    }

    private static async Task<bool> IsWholeAsync(CatalogueEntry entry, FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) == entry.Description.Sha256;
    }

    /// <summary>Opens for this process alone; waits while another holds it.</summary>
    private async Task<FileStream> OpenPartialAsync(string path, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception) && _time.GetElapsedTime(start) < LockTimeout)
            {
                await Task.Delay(LockPoll, _time, cancellationToken);
            }
        }
    }

    /// <summary>Whether another process has the file open: EAGAIN on Linux and on macOS, a sharing violation on Windows; not a read-only disk.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private async Task FillAsync(CatalogueEntry entry, FileStream partial, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (_store.Mirror?.Find(entry) is { } mirrored)
        {
            await CopyFileAsync(entry, mirrored, partial, cancellationToken);
            progress?.Report(partial.Length);
            return;
        }

        var address = _store.Mirror?.Address(entry) ?? entry.Url!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DownloadAsync(entry, address, partial, progress, cancellationToken);
                return;
            }
            catch (HttpRequestException exception)
            {
                if (attempt == Attempts || exception.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
                {
                    throw new ModelPullException(
                        $"{entry.Name} cannot be pulled from {address}: {exception.Message} Set {ModelMirror.Variable} to a folder or address that holds {entry.File}.", exception);
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt), _time, cancellationToken);
            }
        }
    }

    private static async Task CopyFileAsync(CatalogueEntry entry, string mirrored, FileStream partial, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            content = new FileInfo(mirrored).Length <= entry.Description.Size
                ? await File.ReadAllBytesAsync(mirrored, cancellationToken)
                : throw TooLong(entry, mirrored);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelPullException($"{mirrored} cannot be read: {exception.Message}", exception);
        }

        partial.SetLength(0);
        await partial.WriteAsync(content, cancellationToken);
    }

    private async Task DownloadAsync(CatalogueEntry entry, Uri address, FileStream partial, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (partial.Length > 0 && partial.Length < entry.Description.Size)
        {
            request.Headers.Range = new RangeHeaderValue(partial.Length, null);
        }

        using var response = await HeardAsync(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);
        response.EnsureSuccessStatusCode();
        var resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == partial.Length;
        if (!resumes)
        {
            partial.SetLength(0);
        }

        partial.Seek(0, SeekOrigin.End);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferSize];
        while (await ReadAsync(body, buffer, cancellationToken) is var count && count > 0)
        {
            if (partial.Length + count > entry.Description.Size)
            {
                partial.SetLength(0);
                throw TooLong(entry, address.ToString());
            }

            await partial.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await partial.FlushAsync(cancellationToken);
            progress?.Report(partial.Length);
        }
    }

    /// <summary>A connection that breaks is the network's fault, where a write that fails is the disk's; both are IOExceptions.</summary>
    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await HeardAsync(body.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"The connection broke off: {exception.Message}", exception);
        }
    }

    private async Task<T> HeardAsync<T>(Task<T> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(Silence, _time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new HttpRequestException(FormattableString.Invariant($"The server said nothing for {Silence.TotalSeconds:0} s."), exception);
        }
    }

    private static ModelPullException TooLong(CatalogueEntry entry, string source)
        => new($"{source} is longer than the {entry.Description.Size} bytes that the catalogue gives for {entry.Name}; nothing was kept.");

    private static async Task CheckAsync(CatalogueEntry entry, FileStream partial, CancellationToken cancellationToken)
    {
        partial.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(partial, cancellationToken));
        if (sha256 != entry.Description.Sha256)
        {
            var length = partial.Length;
            partial.SetLength(0);
            throw new ModelPullException(
                $"What was pulled for {entry.Name} is {length} bytes with SHA-256 {sha256}; expected {entry.Description.Size} bytes with {entry.Description.Sha256}. Nothing was kept.");
        }
    }
}
