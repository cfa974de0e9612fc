namespace FaceEdge.Deploy.Git;

/// <summary>
/// Lets one deploy-tool at a time change a clone. The lock is the operating system's, so that a killed process does not leave it behind.
/// </summary>
internal sealed class CloneLock : IDisposable
{
    private const string FileName = "deploy-tool.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private CloneLock(FileStream file) => _file = file;

    /// <summary>Waits its turn.</summary>
    public static async Task<CloneLock> TakeAsync(
        GitRepository repository, TimeProvider time, IProgress<string> progress, CancellationToken cancellation)
    {
        var path = Path.Combine(repository.GitDirectory, FileName);
        var started = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return new CloneLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (time.GetElapsedTime(started) > Patience)
            {
                throw DeployException.Undecided($"another deploy-tool holds {path}", "wait until it has ended, then run again", exception);
            }
            catch (IOException)
            {
                if (!told)
                {
                    progress.Report("waiting for another deploy-tool in this clone");
                }

                await Task.Delay(Interval, time, cancellation);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
