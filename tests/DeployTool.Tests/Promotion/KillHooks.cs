using System.Collections.Concurrent;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>
/// Git hooks that leave a mark at each point that a promotion passes, and hold it at the point where it is to be killed. They know a
/// promotion by its tag: the clone's from the environment, the remote's from the commit's subject.
/// </summary>
internal sealed class KillHooks : IDisposable
{
    /// <summary>The variable that tells the clone's hooks the tag.</summary>
    public const string TagVariable = "RACE_TAG";

    private const string Journal = "deploy-tool.update";

    private static readonly KillPoint[] Sequence =
        [KillPoint.Drafted, KillPoint.PushBegun, KillPoint.PushDone, KillPoint.FilesWritten, KillPoint.BranchMoved];

    private readonly string _marks;
    private readonly FileSystemWatcher _watcher;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);

    public KillHooks(SitesRepository sites)
    {
        _marks = Directory.CreateDirectory(Path.Combine(sites.Folder, "marks")).FullName;
        _watcher = new FileSystemWatcher(_marks) { EnableRaisingEvents = true };
        _watcher.Created += (_, created) => Seen(Path.GetFileName(created.FullPath));
        Write(Path.Combine(sites.Remote, "hooks"), "pre-receive", RemoteHook(KillPoint.PushBegun));
        Write(Path.Combine(sites.Remote, "hooks"), "post-receive", RemoteHook(KillPoint.PushDone));
    }

    /// <summary>Puts the hooks into a racer's clone.</summary>
    public void Install(Racer racer)
    {
        Write(Path.Combine(racer.Folder, ".git", "hooks"), "reference-transaction", $$"""
            #!/bin/sh
            while read old new ref; do
                point=
                case "$1 $ref" in
                "committed refs/deploy-tool/drafts/"*) point={{KillPoint.Drafted}} ;;
                "prepared refs/heads/main") point={{KillPoint.FilesWritten}} ;;
                "committed refs/heads/main") point={{KillPoint.BranchMoved}} ;;
                esac
                if [ -n "$point" ]; then
                    : > "{{_marks}}/$RACE_TAG.$point"
                    [ ! -e "{{_marks}}/$RACE_TAG.hold.$point" ] || sleep 600
                fi
            done
            exit 0
            """);
    }

    /// <summary>Has a promotion held at a point.</summary>
    public void Hold(string tag, KillPoint point) => File.WriteAllText(Path.Combine(_marks, $"{tag}.hold.{point}"), "");

    /// <summary>Ends when a promotion has come to a point.</summary>
    public async Task WaitAsync(Racer racer, string tag, KillPoint point, CancellationToken cancellation)
    {
        if (point == KillPoint.Journal)
        {
            await WaitForJournalAsync(racer, cancellation);
            return;
        }

        var mark = $"{tag}.{point}";
        var seen = _awaited.GetOrAdd(mark, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!File.Exists(Path.Combine(_marks, mark)))
        {
            await seen.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Tells the remote's hooks that a promotion is over, so that the remote goes on.</summary>
    public void Release(string tag) => File.WriteAllText(Path.Combine(_marks, tag + ".over"), "");

    /// <summary>The last point that a promotion passed.</summary>
    public KillPoint Furthest(Racer racer, string tag)
    {
        var passed = Sequence.TakeWhile(point => File.Exists(Path.Combine(_marks, $"{tag}.{point}"))).LastOrDefault();
        return passed is KillPoint.PushDone && File.Exists(JournalOf(racer)) ? KillPoint.Journal : passed;
    }

    public void Dispose() => _watcher.Dispose();

    private string RemoteHook(KillPoint point) => $$"""
        #!/bin/sh
        while read old new ref; do
            tag=$(git log -1 --format=%s "$new" | cut -d ' ' -f 2)
            : > "{{_marks}}/$tag.{{point}}"
            if [ -e "{{_marks}}/$tag.hold.{{point}}" ]; then
                waited=0
                while [ ! -e "{{_marks}}/$tag.over" ] && [ $waited -lt 600 ]; do sleep 0.1; waited=$((waited + 1)); done
            fi
        done
        exit 0
        """;

    private static async Task WaitForJournalAsync(Racer racer, CancellationToken cancellation)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(JournalOf(racer))!) { EnableRaisingEvents = true };
        watcher.Renamed += (_, renamed) =>
        {
            if (renamed.Name == Journal)
            {
                seen.TrySetResult();
            }
        };
        await seen.Task.WaitAsync(cancellation);
    }

    private static string JournalOf(Racer racer) => Path.Combine(racer.Folder, ".git", Journal);

    private void Seen(string mark)
    {
        if (_awaited.TryGetValue(mark, out var awaited))
        {
            awaited.TrySetResult();
        }
    }

    private static void Write(string folder, string name, string script)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        ExecutableFile.Write(path, script + "\n");
    }
}
