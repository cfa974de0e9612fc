using FaceEdge.Fuzz.Mutation;
using FaceEdge.Fuzz.Targets;

namespace FaceEdge.Fuzz.Running;

/// <summary>Chooses the inputs that the repository keeps: the shortest ones that together take every branch that any input took.</summary>
internal sealed class CorpusChoice
{
    /// <summary>Of a target's inputs together, so that the repository stays small; what is left out is the longest.</summary>
    private const int MostBytes = 16 * 1024;

    private readonly FuzzTarget _target;
    private readonly FuzzFiles _files;
    private readonly Coverage _coverage;

    public CorpusChoice(FuzzTarget target, FuzzFiles files, Coverage coverage)
    {
        _target = target;
        _files = files;
        _coverage = coverage;
    }

    /// <summary>Replaces the repository's inputs of the target by those chosen of them and of what the run found.</summary>
    public void Run()
    {
        // The seeds are in the code; once more, because what runs for the first time takes branches that no input is the reason of.
        foreach (var seed in _target.Seeds().Concat(_target.Seeds()))
        {
            TakesMore(seed);
        }

        var inputs = CorpusFile.Read(_files.Corpus, _target.Name).Concat(CorpusFolder.Read(_files.Found, _target.Name)).OrderBy(input => input.Length);
        var bytes = 0;
        CorpusFile.Write(_files.Corpus, _target.Name, [.. inputs.Where(TakesMore).TakeWhile(input => (bytes += input.Length) <= MostBytes)]);
    }

    private bool TakesMore(byte[] input)
    {
        _coverage.Clear();
        _target.Run(input);
        return _coverage.MergeBranches();
    }
}
