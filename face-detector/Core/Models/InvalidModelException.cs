namespace FaceEdge.Models;

/// <summary>A model file is corrupt or not of the layout that the detector reads; the message names the file and what was expected.</summary>
internal sealed class InvalidModelException : Exception
{
    public InvalidModelException(string message)
        : base(message)
    {
    }

    public InvalidModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InvalidModelException()
        : this("Not a usable model.")
    {
    }
}
