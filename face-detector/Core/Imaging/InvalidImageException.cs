namespace FaceEdge.Imaging;

/// <summary>The bytes are not a picture that this service takes; the message tells the sender why.</summary>
internal sealed class InvalidImageException : Exception
{
    public InvalidImageException(string message)
        : base(message)
    {
    }

    public InvalidImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InvalidImageException()
        : this("Not a picture.")
    {
    }
}
