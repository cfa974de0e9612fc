using System.Text.Json.Serialization;
using FaceEdge.Detection;

namespace FaceEdge.Demo;

/// <summary>labels.json of a dump: what <c>eval</c> reads, and beside each box who is drawn there.</summary>
internal sealed record DemoLabels(IReadOnlyList<DemoLabels.Picture> Images)
{
    internal sealed record Picture(string File, int Width, int Height, IReadOnlyList<LabelledFace> Faces);

    /// <summary>
    /// Box, landmarks (right eye, left eye, nose tip, right and left mouth corner; x and y) and eye boxes in pixels from the top left; tone on
    /// the Monk scale, 1 to 10; yaw in degrees, positive towards the picture's right, roll positive clockwise.
    /// </summary>
    internal sealed record LabelledFace(
        float X,
        float Y,
        float Width,
        float Height,
        IReadOnlyList<float[]> Landmarks,
        IReadOnlyList<Box> Eyes,
        int Tone,
        AgeGroup Age,
        HairStyle Hair,
        Headwear Headwear,
        Eyewear Eyewear,
        Beard Beard,
        FaceMask Mask,
        float Yaw,
        float Roll)
    {
        public static LabelledFace Of(in KnownFace face)
        {
            var points = new float[Detection.Landmarks.Count][];
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = [Round(face.Landmarks[i].X), Round(face.Landmarks[i].Y)];
            }

            var (box, traits) = (face.Box, face.Traits);
            return new LabelledFace(
                Round(box.X),
                Round(box.Y),
                Round(box.Width),
                Round(box.Height),
                points,
                [Rounded(face.Eyes.Right), Rounded(face.Eyes.Left)],
                traits.Tone,
                traits.Age,
                traits.Hair,
                traits.Headwear,
                traits.Eyewear,
                traits.Beard,
                traits.Mask,
                Round(float.RadiansToDegrees(face.Pose.Yaw)),
                Round(float.RadiansToDegrees(face.Pose.Roll)));
        }

        private static Box Rounded(in Box box) => new(Round(box.X), Round(box.Y), Round(box.Width), Round(box.Height));

        private static float Round(float value) => MathF.Round(value, 2);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DemoLabels))]
internal sealed partial class DemoLabelsJson : JsonSerializerContext;
