namespace FaceEdge.Capture;

/// <summary>A camera failed; the message is fit for the page and the log: it carries no credentials.</summary>
internal sealed class CaptureException : Exception
{
    public CaptureException(string message)
        : base(message)
    {
    }

    public CaptureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CaptureException()
        : this("The camera failed.")
    {
    }
}
