namespace FaceEdge.Deploy.Git;

/// <summary>
/// Clears away what a killed run left in a clone: its scratch folders, and the lock files of the git processes that died with it, which
/// would stop every later git command. Only for the holder of the <see cref="CloneLock"/>.
/// </summary>
internal sealed class CrashRecovery(GitRepository repository, TimeProvider time)
{
    /// <summary>Prefix of the folders that an update of the work tree writes into.</summary>
    public const string ScratchPrefix = "deploy-tool-";

    /// <summary>A git process that outlived the run ends within this; only then is its lock taken for abandoned.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>File systems and clocks may count whole seconds.</summary>
    private static readonly TimeSpan Coarseness = TimeSpan.FromSeconds(2);

    /// <summary>Clears away what is not older than <paramref name="began"/>, the killed run's beginning.</summary>
    public async Task ClearAsync(DateTimeOffset began, CancellationToken cancellation)
    {
        foreach (var scratch in Directory.EnumerateDirectories(repository.GitDirectory, ScratchPrefix + "*").ToList())
        {
            Directory.Delete(scratch, recursive: true);
        }

        var common = (await repository.Git.RunAsync(cancellation, "rev-parse", "--path-format=absolute", "--git-common-dir")).Trim();
        var locks = LocksOf(repository.GitDirectory).Union(LocksOf(common), StringComparer.Ordinal)
            .Where(path => File.GetLastWriteTimeUtc(path) >= (began - Coarseness).UtcDateTime)
            .ToList();
        var started = time.GetTimestamp();
        while (locks.Exists(File.Exists) && time.GetElapsedTime(started) < Timeout)
        {
            await Task.Delay(Interval, time, cancellation);
        }

        locks.ForEach(File.Delete);
    }

    private static IEnumerable<string> LocksOf(string directory)
    {
        var references = Path.Combine(directory, "refs");
        return Directory.EnumerateFiles(directory, "*.lock")
            .Where(path => Path.GetFileName(path) != CloneLock.FileName)
            .Concat(Directory.Exists(references) ? Directory.EnumerateFiles(references, "*.lock", SearchOption.AllDirectories) : []);
    }
}
