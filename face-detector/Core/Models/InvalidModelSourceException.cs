namespace FaceEdge.Models;

/// <summary>The place that models are to come from cannot be used; the message says which setting named it and what is allowed.</summary>
internal sealed class InvalidModelSourceException : Exception
{
    public InvalidModelSourceException(string message)
        : base(message)
    {
    }

    public InvalidModelSourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InvalidModelSourceException()
        : this("Not a usable source of models.")
    {
    }
}
