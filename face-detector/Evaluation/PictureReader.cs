using FaceEdge.Imaging;

namespace FaceEdge.Evaluation;

/// <summary>Reads pictures for an evaluation.</summary>
internal static class PictureReader
{
    /// <param name="imaging">Decodes.</param>
    /// <param name="path">The picture's file.</param>
    /// <param name="labels">What is known of it; null when nothing is.</param>
    /// <param name="limits">What the picture may be at most.</param>
    /// <param name="pool">Lends the frame; the caller gives it back.</param>
    /// <exception cref="EvaluationException">The picture is missing, broken, or not of the size that the labels give.</exception>
    public static Frame Read(IImagingBackend imaging, string path, LabelledPicture? labels, in ImageLimits limits, FramePool pool)
    {
        Frame frame;
        try
        {
            frame = imaging.Decode(File.ReadAllBytes(path), limits, pool);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidImageException)
        {
            throw new EvaluationException($"{path} cannot be read: {exception.Message}", exception);
        }

        if (labels is null || (frame.Width == labels.Width && frame.Height == labels.Height))
        {
            return frame;
        }

        using (frame)
        {
            throw new EvaluationException($"{path} is {frame.Width}x{frame.Height}; its labels are for {labels.Width}x{labels.Height}.");
        }
    }
}
