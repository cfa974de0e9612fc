using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Lets one deploy-tool at a time change a clone. The lock is the operating system's, so that a killed process does not leave it behind;
/// what it leaves is the moment it began, from which the next one sees that it was killed.
/// </summary>
internal sealed class CloneLock : IDisposable
{
    public const string FileName = "deploy-tool.lock";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private CloneLock(FileStream file, DateTimeOffset? killed)
    {
        _file = file;
        KilledSince = killed;
    }

    /// <summary>When a run that was killed had begun; null when the last run ended by itself.</summary>
    public DateTimeOffset? KilledSince { get; }

    /// <summary>Waits its turn.</summary>
    public static async Task<CloneLock> TakeAsync(
        GitRepository repository, TimeProvider time, IProgress<string> progress, CancellationToken cancellation)
    {
        var path = Path.Combine(repository.GitDirectory, FileName);
        var started = time.GetTimestamp();
        for (var reported = false; ; reported = true)
        {
            try
            {
                return Begin(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), time.GetUtcNow());
            }
            catch (IOException exception) when (IsHeld(exception) && time.GetElapsedTime(started) > Timeout)
            {
                throw GitException.Unavailable($"another deploy-tool holds {path}", "wait until it has ended, then run again", exception);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (!reported)
                {
                    progress.Report("waiting for another deploy-tool in this clone");
                }

                await Task.Delay(Interval, time, cancellation);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            _file.SetLength(0);
        }
        catch (IOException)
        {
            // The next run clears away after a killed one, and finds nothing to clear.
        }

        _file.Dispose();
    }

    private static CloneLock Begin(FileStream file, DateTimeOffset now)
    {
        try
        {
            Span<byte> text = stackalloc byte[32];
            var length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            var killed = long.TryParse(Encoding.ASCII.GetString(text[..length]), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : (DateTimeOffset?)null;

            // A second killed run in a row leaves the first one's moment, since the first one's leftovers may still be there.
            if (killed is null)
            {
                file.SetLength(0);
                file.Write(Encoding.ASCII.GetBytes(now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            }

            return new CloneLock(file, killed);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether another process has the file open: EAGAIN on Linux and on macOS, a sharing violation on Windows; not a full disk.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
