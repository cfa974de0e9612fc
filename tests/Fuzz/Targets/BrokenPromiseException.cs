namespace FaceEdge.Fuzz.Targets;

/// <summary>An input made the service do what it promises not to do.</summary>
internal sealed class BrokenPromiseException : Exception
{
    public BrokenPromiseException(string message)
        : base(message)
    {
    }

    public BrokenPromiseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public BrokenPromiseException()
        : this("A promise was broken.")
    {
    }
}
