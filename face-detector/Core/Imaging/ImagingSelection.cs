namespace FaceEdge.Imaging;

/// <summary>The backend that serves, and why it was taken: for the log and /api/v1/info.</summary>
/// <param name="Backend">Lives as long as the process.</param>
/// <param name="Reason">One sentence without a full stop, such as "OpenCV 4.13.0 loaded".</param>
internal sealed record ImagingSelection(IImagingBackend Backend, string Reason);
