using System.IO.MemoryMappedFiles;

namespace FaceEdge.Fuzz.Running;

/// <summary>
/// The input that is being tried and the count of those before it, in a file that outlives the process: what killed it can be told afterwards.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    private const int Longest = 1 << 20;
    private const int CountAt = 0;
    private const int LengthAt = 8;
    private const int CorpusAt = 12;
    private const int EdgesAt = 16;
    private const int InputAt = 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public CurrentInput(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Longest + InputAt);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Inputs begun, over all processes of the run.</summary>
    public long Count => _view.ReadInt64(CountAt);

    /// <summary>Inputs in the corpus when the loop ended.</summary>
    public int Corpus => _view.ReadInt32(CorpusAt);

    /// <summary>Pairs of branches seen when the loop ended.</summary>
    public int Edges => _view.ReadInt32(EdgesAt);

    public byte[] Input
    {
        get
        {
            var input = new byte[_view.ReadInt32(LengthAt)];
            _view.ReadArray(InputAt, input, 0, input.Length);
            return input;
        }
    }

    public void Begin(byte[] input)
    {
        _view.WriteArray(InputAt, input, 0, input.Length);
        _view.Write(LengthAt, input.Length);
        _view.Write(CountAt, Count + 1);
    }

    public void Finish(int corpus, int edges)
    {
        _view.Write(CorpusAt, corpus);
        _view.Write(EdgesAt, edges);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
