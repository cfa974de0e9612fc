using FaceEdge.Contracts;

namespace FaceEdge.Detection;

/// <summary>What the detector found, as the documents say it: rounded, with both eyes of each face.</summary>
internal static class DetectDocuments
{
    public static FaceDto ToDocument(this in Face face)
    {
        var eyes = EyeRegions.From(face);
        var landmarks = new float[Landmarks.Count][];
        for (var i = 0; i < landmarks.Length; i++)
        {
            landmarks[i] = [Pixels(face.Landmarks[i].X), Pixels(face.Landmarks[i].Y)];
        }

        var box = ToDocument(face.Box);
        return new FaceDto(
            box.X, box.Y, box.Width, box.Height, MathF.Round(face.Score, 4), landmarks, [ToDocument(eyes.Right), ToDocument(eyes.Left)]);
    }

    public static FaceDto[] ToDocument(this ReadOnlySpan<Face> faces)
    {
        var documents = new FaceDto[faces.Length];
        for (var i = 0; i < faces.Length; i++)
        {
            documents[i] = faces[i].ToDocument();
        }

        return documents;
    }

    /// <param name="timings">Of the detector.</param>
    /// <param name="decode">From the encoded image to pixels; null for a camera's frame.</param>
    public static MillisecondsDto ToDocument(this in DetectTimings timings, TimeSpan? decode = null) => new(
        decode is { } time ? Milliseconds(time) : null, Milliseconds(timings.Preprocess), Milliseconds(timings.Inference), Milliseconds(timings.DecodeBoxes));

    private static BoxDto ToDocument(in Box box) => new(Pixels(box.X), Pixels(box.Y), Pixels(box.Width), Pixels(box.Height));

    /// <summary>A hundredth of a pixel is finer than any model.</summary>
    private static float Pixels(float value) => MathF.Round(value, 2);

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
