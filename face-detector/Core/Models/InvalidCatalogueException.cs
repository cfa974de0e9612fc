namespace FaceEdge.Models;

/// <summary>The catalogue is invalid; the message says file, line and what was expected.</summary>
internal sealed class InvalidCatalogueException : Exception
{
    public InvalidCatalogueException(string message)
        : base(message)
    {
    }

    public InvalidCatalogueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InvalidCatalogueException()
        : this("Not a usable catalogue.")
    {
    }
}
