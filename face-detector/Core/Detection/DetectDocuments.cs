using FaceEdge.Contracts;

namespace FaceEdge.Detection;

/// <summary>
/// What the detector found, as the documents say it: rounded, with both eyes of each face, boxes clipped to the frame's edges, because a
/// model's boxes may reach past them and code that crops faces would fail.
/// </summary>
internal static class DetectDocuments
{
    /// <param name="face">In pixels of the frame.</param>
    /// <param name="width">Of the frame.</param>
    /// <param name="height">Of the frame.</param>
    public static FaceDto ToDocument(this in Face face, int width, int height)
    {
        var eyes = EyeRegions.From(face);
        var landmarks = new float[Landmarks.Count][];
        for (var i = 0; i < landmarks.Length; i++)
        {
            landmarks[i] = [Pixels(face.Landmarks[i].X), Pixels(face.Landmarks[i].Y)];
        }

        var box = ToDocument(face.Box, width, height);
        return new FaceDto(
            box.X,
            box.Y,
            box.Width,
            box.Height,
            MathF.Round(face.Score, 4),
            landmarks,
            [ToDocument(eyes.Right, width, height), ToDocument(eyes.Left, width, height)],
            face.Track > 0 ? face.Track : null);
    }

    /// <param name="faces">In pixels of the frame.</param>
    /// <param name="width">Of the frame.</param>
    /// <param name="height">Of the frame.</param>
    public static FaceDto[] ToDocument(this ReadOnlySpan<Face> faces, int width, int height)
    {
        var documents = new FaceDto[faces.Length];
        for (var i = 0; i < faces.Length; i++)
        {
            documents[i] = faces[i].ToDocument(width, height);
        }

        return documents;
    }

    /// <param name="timings">Of the detector.</param>
    /// <param name="decode">From the encoded picture to pixels; null for a camera's frame.</param>
    public static MillisecondsDto ToDocument(this in DetectTimings timings, TimeSpan? decode = null) => new(
        decode is { } time ? Milliseconds(time) : null, Milliseconds(timings.Preprocess), Milliseconds(timings.Inference), Milliseconds(timings.DecodeBoxes));

    /// <summary>The part of the box inside the frame; without width or height where there is none.</summary>
    internal static BoxDto ToDocument(in Box box, int width, int height)
    {
        var (left, top) = (Pixels(Math.Clamp(box.X, 0, width)), Pixels(Math.Clamp(box.Y, 0, height)));
        var (right, bottom) = (Math.Clamp(box.Right, left, width), Math.Clamp(box.Bottom, top, height));
        return new BoxDto(left, top, Pixels(right - left), Pixels(bottom - top));
    }

    /// <summary>A hundredth of a pixel is finer than any model.</summary>
    private static float Pixels(float value) => MathF.Round(value, 2);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
