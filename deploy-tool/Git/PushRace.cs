namespace FaceEdge.Deploy.Git;

/// <summary>The pushes of one change to a branch that others push to: counts them, waits after those that came too late, and says when to give up.</summary>
internal sealed class PushRace(RemoteBranch target, TimeProvider time, IProgress<string> progress)
{
    /// <summary>With eight writers each round lands at least one push, so that losing this often means that something else is wrong.</summary>
    private const int MaxAttempts = 40;

    /// <summary>
    /// A lost race shows as a branch that moved. Another's lock may be held a moment longer than the branch stands still; after this many pushes
    /// on one commit, some seconds, nobody else is pushing.
    /// </summary>
    private const int MaxPushesOnOneTip = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);

    private int _pushesOnTip;
    private string _tip = "";

    /// <summary>Pushes so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>Begins a round on what the branch holds now.</summary>
    public string Begin(string tip)
    {
        _pushesOnTip = tip == _tip ? _pushesOnTip : 0;
        return _tip = tip;
    }

    public void Pushed()
    {
        Attempts++;
        _pushesOnTip++;
    }

    /// <summary>Waits for the next round after a push that another's came before.</summary>
    /// <exception cref="GitException">It was tried often enough.</exception>
    public Task LostAsync(string reason, CancellationToken cancellation)
    {
        if (_pushesOnTip == MaxPushesOnOneTip)
        {
            throw GitException.Refused(
                $"{target.Remote} refused {MaxPushesOnOneTip} pushes while {target.Branch} did not move: {reason}", "see whether the remote's references can be written");
        }

        if (Attempts == MaxAttempts)
        {
            throw GitException.Unavailable($"{target.Remote}/{target.Branch} moved before each of {MaxAttempts} pushes", "run it again when fewer write to it");
        }

        progress.Report($"{target.Branch} moved while this was planned; planning again (attempt {Attempts + 1})");
        return Task.Delay(Delay(), time, cancellation);
    }

    /// <summary>Full jitter: uniform up to a ceiling that doubles with each attempt (Brooker, "Exponential Backoff And Jitter", 2015).</summary>
    private TimeSpan Delay()
    {
        var ceiling = Math.Min(LongestDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, Attempts - 1));
        return TimeSpan.FromMilliseconds(1 + (Random.Shared.NextDouble() * ceiling));
    }
}
