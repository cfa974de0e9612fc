using System.Globalization;
using System.Numerics;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Models;

namespace FaceEdge.Evaluation;

/// <summary>
/// Gathers the normalised mean error of the eye centres (Sagonas et al., 300 Faces in-the-Wild Challenge, 2013, with the distance between the
/// eyes' centres): of every labelled face with landmarks that was found, by its height in the model's input and by yaw where that is known.
/// </summary>
internal sealed class EyeErrorTally
{
    /// <summary>The class that a limit is set on: eyes mode is meant for faces at least so high, in pixels of the model's input.</summary>
    public static readonly string Gated = SizeName(LeastGated, null);

    /// <summary>Of a profile the eyes nearly coincide, and a distance that goes to 0 measures nothing: faces with less, per width of the box, are left out.</summary>
    private const float LeastEyeDistance = 0.2f;

    private const int LeastGated = 32;

    private static readonly (int Least, int? Under)[] Sizes = [(16, 32), (32, 64), (64, null), (LeastGated, null)];
    private static readonly (int Least, int? Under)[] Yaws = [(0, 15), (15, 30), (30, null)];

    private readonly float _scoreThreshold;
    private readonly List<(float Height, float? Yaw, double Error)> _found = [];
    private bool _landmarksSeen;

    /// <param name="scoreThreshold">Confidence score from which a face is found.</param>
    public EyeErrorTally(float scoreThreshold) => _scoreThreshold = scoreThreshold;

    /// <param name="labels">The picture and its faces.</param>
    /// <param name="predictions">Strongest first.</param>
    /// <param name="input">The model's input for this picture.</param>
    public void Add(LabelledPicture labels, ReadOnlySpan<Face> predictions, InputShape input)
    {
        var scale = 1 / Letterbox.Fit(labels.Width, labels.Height, input).ScaleY;
        foreach (var face in labels.Faces)
        {
            if (face is not { Ignored: false, Landmarks: { } landmarks })
            {
                continue;
            }

            _landmarksSeen = true;
            var distance = Vector2.Distance(landmarks[Landmarks.RightEye], landmarks[Landmarks.LeftEye]);
            if (distance >= LeastEyeDistance * face.Box.Width && Best(face.Box, predictions) is { } prediction)
            {
                _found.Add((face.Box.Height * scale, face.Yaw, Error(landmarks, prediction.Landmarks, distance)));
            }
        }
    }

    /// <returns>Null when no label had landmarks. Classes without a face are left out.</returns>
    public IReadOnlyList<EyeErrorResult>? Results() => !_landmarksSeen
        ? null
        :
        [
            .. Sizes.Select(size => Result(SizeName(size.Least, size.Under), face => IsIn(face.Height, size))).OfType<EyeErrorResult>(),
            .. Yaws.Select(yaw => Result(YawName(yaw.Least, yaw.Under), face => face.Yaw is { } turned && IsIn(MathF.Abs(turned), yaw))).OfType<EyeErrorResult>(),
        ];

    private static double Error(in Landmarks labelled, in Landmarks found, float distance)
        => (Vector2.Distance(labelled[Landmarks.RightEye], found[Landmarks.RightEye]) + Vector2.Distance(labelled[Landmarks.LeftEye], found[Landmarks.LeftEye]))
            / 2 / distance;

    private static bool IsIn(float value, (int Least, int? Under) range) => value >= range.Least && !(value >= range.Under);

    private static string SizeName(int least, int? under)
        => under is null ? string.Create(CultureInfo.InvariantCulture, $"{least} px and more") : string.Create(CultureInfo.InvariantCulture, $"{least} to {under} px");

    private static string YawName(int least, int? under) => "yaw " + (under is null
        ? string.Create(CultureInfo.InvariantCulture, $"{least} degrees and more")
        : string.Create(CultureInfo.InvariantCulture, $"{least} to {under} degrees"));

    private Face? Best(in Box box, ReadOnlySpan<Face> predictions)
    {
        Face? best = null;
        var most = DetectionMatcher.LeastOverlap;
        foreach (ref readonly var prediction in predictions)
        {
            if (prediction.Score >= _scoreThreshold && box.IntersectionOverUnion(prediction.Box) is var overlap && overlap >= most)
            {
                (best, most) = (prediction, overlap);
            }
        }

        return best;
    }

    private EyeErrorResult? Result(string name, Func<(float Height, float? Yaw, double Error), bool> belongs)
    {
        var errors = _found.Where(belongs).Select(face => face.Error).Order().ToArray();
        return errors.Length == 0
            ? null
            : new EyeErrorResult(name, errors.Length, errors.Average(), errors[Math.Min(errors.Length - 1, (int)(errors.Length * 0.9))]);
    }
}
