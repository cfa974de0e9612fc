using FaceEdge.Detection;

namespace FaceEdge.Web.Contracts;

/// <summary>One face, in pixels of the original picture, origin top left.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Of the box.</param>
/// <param name="Height">Of the box.</param>
/// <param name="Score">Confidence score, 0 to 1.</param>
/// <param name="Landmarks">Right eye, left eye, nose tip, right and left mouth corner, each x and y.</param>
/// <param name="Eyes">Boxes around the person's right and left eye.</param>
internal sealed record FaceDto(
    float X, float Y, float Width, float Height, float Score, float[][] Landmarks, BoxDto[] Eyes)
{
    public static FaceDto From(in Face face)
    {
        var eyes = EyeRegions.From(face);
        var landmarks = new float[Detection.Landmarks.Count][];
        for (var i = 0; i < landmarks.Length; i++)
        {
            landmarks[i] = [BoxDto.Round(face.Landmarks[i].X), BoxDto.Round(face.Landmarks[i].Y)];
        }

        var box = BoxDto.From(face.Box);
        return new FaceDto(
            box.X, box.Y, box.Width, box.Height, MathF.Round(face.Score, 4), landmarks, [BoxDto.From(eyes.Right), BoxDto.From(eyes.Left)]);
    }

    public static FaceDto[] From(ReadOnlySpan<Face> faces)
    {
        var answer = new FaceDto[faces.Length];
        for (var i = 0; i < faces.Length; i++)
        {
            answer[i] = From(faces[i]);
        }

        return answer;
    }
}
