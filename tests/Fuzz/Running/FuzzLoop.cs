using System.Diagnostics;
using FaceEdge.Fuzz.Mutation;
using FaceEdge.Fuzz.Targets;

namespace FaceEdge.Fuzz.Running;

/// <summary>Feeds one target in this process, guided by coverage; runs until its time is over or the process dies of an input.</summary>
internal sealed class FuzzLoop
{
    /// <summary>The same fault again and again tells nothing new.</summary>
    private const int MaxFindings = 20;

    private readonly FuzzTarget _target;
    private readonly FuzzFiles _files;
    private readonly Coverage _coverage;
    private readonly List<byte[]> _corpus = [];
    private readonly HashSet<string> _faults = [];

    public FuzzLoop(FuzzTarget target, FuzzFiles files, Coverage coverage)
    {
        _target = target;
        _files = files;
        _coverage = coverage;
    }

    public void Run(TimeSpan time, int seed)
    {
        var watch = Stopwatch.StartNew();
        using var current = _files.OpenCurrent();
        foreach (var input in _target.Seeds().Concat(CorpusFile.Read(_files.Corpus, _target.Name)).Concat(CorpusFolder.Read(_files.Found, _target.Name)))
        {
            Try(input, current);
            _corpus.Add(input);
        }

        var mutator = new Mutator(seed, _target.Words, _target.MaxLength);
        var random = new Random(seed);
        while (watch.Elapsed < time && _faults.Count < MaxFindings)
        {
            var input = mutator.Mutate(Pick(random), _corpus[random.Next(_corpus.Count)]);
            if (Try(input, current))
            {
                _corpus.Add(input);
                CorpusFolder.Write(_files.Found, _target.Name, input);
            }
        }

        current.Finish(_corpus.Count, _coverage.Edges);
    }

    /// <summary>New inputs found what is rare: half of the time one of the last ten.</summary>
    private byte[] Pick(Random random)
    {
        var first = random.Next(2) == 0 ? Math.Max(0, _corpus.Count - 10) : 0;
        return _corpus[random.Next(first, _corpus.Count)];
    }

    /// <summary>True when the input went where none before it had.</summary>
    private bool Try(byte[] input, CurrentInput current)
    {
        current.Begin(input);
        _coverage.Clear();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Run(input);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (allocated > _target.MaxAllocated)
            {
                throw new BrokenPromiseException(FormattableString.Invariant($"at most {_target.MaxAllocated} bytes of memory for an input of {input.Length}; taken were {allocated}"));
            }
        }
        catch (Exception exception)
        {
            Report(input, exception);
        }

        return _coverage.Merge();
    }

    private void Report(byte[] input, Exception exception)
    {
        var place = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("FaceEdge.", StringComparison.Ordinal) && !line.Contains("FaceEdge.Fuzz", StringComparison.Ordinal))
            ?? exception.StackTrace?.Split('\n')[0];
        if (_faults.Add($"{exception.GetType().Name}{place}"))
        {
            var path = CorpusFolder.Write(_files.Findings, _target.Name, input);
            File.WriteAllText(path + ".txt", exception.ToString());
            Console.WriteLine($"{_target.Name}: {exception.GetType().Name}: {exception.Message} ({path})");
        }
    }
}
