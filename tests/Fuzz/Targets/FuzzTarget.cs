namespace FaceEdge.Fuzz.Targets;

/// <summary>One part of the service that reads what strangers send.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>Lower-case words joined by dashes; also the name of its file in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>A few good inputs, from which bad ones are made.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>What means something to the format: inserted now and then as it stands.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>The longest input that is made, in bytes.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>How much managed memory one input may cost, in bytes.</summary>
    public virtual long MaxAllocated => 16 * 1024 * 1024;

    /// <summary>Feeds one input. Returns when the part did what it promises, which includes refusing; throws when it did not.</summary>
    public abstract void Run(ReadOnlySpan<byte> input);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    protected static byte[][] AsBytes(params string[] words) => [.. words.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>A property does not hold.</summary>
    protected static void Require(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
