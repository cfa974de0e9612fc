namespace FaceEdge.Capture.Http;

/// <summary>A camera gave no frame for one request; the message carries no credentials.</summary>
internal sealed class HttpCameraException : Exception
{
    /// <param name="message">For the page and the log.</param>
    /// <param name="isPassing">The next request may do better: the camera is busy, or the network failed.</param>
    /// <param name="innerException">Where it comes from, or null.</param>
    public HttpCameraException(string message, bool isPassing, Exception? innerException = null)
        : base(message, innerException) => IsPassing = isPassing;

    public bool IsPassing { get; }
}
