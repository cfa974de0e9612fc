using System.Numerics;
using FaceEdge.Detection;
using SkiaSharp;

namespace FaceEdge.Demo;

/// <summary>
/// From head units to pixels. Head units: origin halfway between hairline and chin, y down, 100 units to either, and a depth towards the
/// viewer. A turn moves what lies nearer to the viewer farther, which is what makes flat layers read as a round head.
/// </summary>
internal static class HeadProjection
{
    /// <summary>Units from the origin to hairline and chin.</summary>
    public const float HalfHeight = 100;

    /// <summary>Half the width of the face at the cheekbones, for a head of width 1.</summary>
    public const float HalfWidth = 75;

    public const float EyeX = 31;
    public const float EyeY = -10;
    public const float MouthY = 61;
    public const float MouthX = 25;
    public const float NoseTipY = 27;

    /// <summary>Depths of the layers.</summary>
    public const float EyeDepth = 44;
    public const float MouthDepth = 48;
    public const float NoseDepth = 66;

    /// <summary>Where the head tilts on the neck.</summary>
    private const float NeckY = 95;

    /// <summary>The face's outline turns with about a quarter of the depth of its features.</summary>
    private const float OutlineDepth = 16;

    /// <summary>Boxes of WIDER FACE end a little below the hairline and just outside the cheeks.</summary>
    private const float BoxTop = -85;
    private const float BoxBottom = 102;
    private const float BoxHalfWidth = 74;

    private const int OutlinePoints = 24;

    /// <summary>The transform of the layer at one depth, for a head of this width.</summary>
    public static SKMatrix At(in Pose pose, float depth, float headWidth)
    {
        var scale = pose.FaceHeight / (2 * HalfHeight);
        var (sin, cos) = MathF.SinCos(pose.Roll);
        var scaleX = headWidth * (1 - ((1 - MathF.Cos(pose.Yaw)) * Math.Clamp(depth / EyeDepth, 0, 1)));
        var scaleY = 1 - ((1 - MathF.Cos(pose.Pitch)) * Math.Clamp(depth / EyeDepth, 0, 1));
        var moveX = depth * MathF.Sin(pose.Yaw);
        var moveY = depth * MathF.Sin(pose.Pitch);

        // Rolls about the neck: x' = R (x - n) + n, in pixels.
        var originX = (cos * moveX) - (sin * (moveY - NeckY));
        var originY = (sin * moveX) + (cos * (moveY - NeckY)) + NeckY;
        return new SKMatrix(
            scale * cos * scaleX,
            -scale * sin * scaleY,
            pose.Centre.X + (scale * originX),
            scale * sin * scaleX,
            scale * cos * scaleY,
            pose.Centre.Y + (scale * originY),
            0,
            0,
            1);
    }

    /// <summary>The box around the face as a detector trained on WIDER FACE means it: forehead to chin, cheek to cheek.</summary>
    public static Box FaceBox(FaceTraits traits, in Pose pose)
    {
        var matrix = At(pose, OutlineDepth, traits.HeadWidth);
        var middle = (BoxTop + BoxBottom) / 2;
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        for (var i = 0; i < OutlinePoints; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / OutlinePoints);
            var point = matrix.MapPoint(cos * BoxHalfWidth, middle + (sin * (BoxBottom - BoxTop) / 2));
            left = MathF.Min(left, point.X);
            right = MathF.Max(right, point.X);
            top = MathF.Min(top, point.Y);
            bottom = MathF.Max(bottom, point.Y);
        }

        return new Box(left, top, right - left, bottom - top);
    }

    public static Landmarks Landmarks(FaceTraits traits, in Pose pose)
    {
        var face = At(pose, EyeDepth, traits.HeadWidth);
        var mouth = At(pose, MouthDepth, traits.HeadWidth);
        var nose = At(pose, NoseDepth, traits.HeadWidth);
        var mouthX = MouthX * traits.MouthWidth * (1 + (0.18f * pose.Smile));
        var mouthY = MouthY - (5 * pose.Smile);
        var landmarks = default(Landmarks);
        landmarks[Detection.Landmarks.RightEye] = Map(face, -EyeX, EyeY);
        landmarks[Detection.Landmarks.LeftEye] = Map(face, EyeX, EyeY);
        landmarks[Detection.Landmarks.NoseTip] = Map(nose, 0, NoseTipY);
        landmarks[Detection.Landmarks.RightMouthCorner] = Map(mouth, -mouthX, mouthY);
        landmarks[Detection.Landmarks.LeftMouthCorner] = Map(mouth, mouthX, mouthY);
        return landmarks;
    }

    private static Vector2 Map(in SKMatrix matrix, float x, float y)
    {
        var point = matrix.MapPoint(x, y);
        return new Vector2(point.X, point.Y);
    }
}
