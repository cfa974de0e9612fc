using System.Numerics;

namespace FaceEdge.Detection;

/// <summary>Boxes around the two eyes of a face, in pixels of the original frame.</summary>
/// <param name="Right">The person's own right eye, on the left of an unmirrored frame.</param>
/// <param name="Left">The person's own left eye.</param>
internal readonly record struct EyeRegions(Box Right, Box Left)
{
    /// <summary>
    /// Shares of the distance between the pupils. The opening of an eye is about 30 mm wide and pupils stand 63 mm apart
    /// (.48; Farkas, Anthropometry of the Head and Face, 1994); the rest takes in the lids.
    /// </summary>
    private const float WidthShare = 0.6f;

    private const float HeightShare = 0.4f;

    /// <summary>
    /// In a face turned aside the pupils move together while the eyes shrink less: the distance is taken as
    /// at least this share of the face's shorter side. Seen from the front it is about .45.
    /// </summary>
    private const float MinDistanceShare = 0.3f;

    public static EyeRegions From(in Face face)
    {
        var right = face.Landmarks[Landmarks.RightEye];
        var left = face.Landmarks[Landmarks.LeftEye];
        var distance = MathF.Max(
            Vector2.Distance(right, left),
            MinDistanceShare * MathF.Min(face.Box.Width, face.Box.Height));
        return new EyeRegions(Around(right, distance), Around(left, distance));
    }

    private static Box Around(Vector2 eye, float distance)
    {
        var width = distance * WidthShare;
        var height = distance * HeightShare;
        return new Box(eye.X - (width / 2), eye.Y - (height / 2), width, height);
    }
}
