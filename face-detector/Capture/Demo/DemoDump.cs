using System.Globalization;
using System.Text.Json;
using FaceEdge.Capture.Demo.Painting;
using SkiaSharp;

namespace FaceEdge.Capture.Demo;

/// <summary>Writes pictures and labels.json.</summary>
internal static class DemoDump
{
    private const int Quality = 92;
    private const int LowestVariedQuality = 60;

    /// <summary>Seconds into a shuffled scene; any moment would do.</summary>
    private const double ShuffledMoment = 17.3;

    /// <param name="settings">Size, people, frames a second and seed.</param>
    /// <param name="kind">How the pictures differ.</param>
    /// <param name="frames">How many, at least 1.</param>
    /// <param name="folder">Made if absent; files of the same names are replaced.</param>
    /// <param name="cancellationToken">Stops between two pictures; labels.json is then not written.</param>
    public static void Write(DemoSettings settings, DumpKind kind, int frames, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var bitmap = new SKBitmap(new SKImageInfo(settings.Width, settings.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var moving = kind == DumpKind.Moving ? new DemoPainter(Scene(settings, 0)) : null;
        var pictures = new List<DemoLabels.Picture>(frames);
        for (var i = 0; i < frames; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KnownFace[] faces;
            var quality = Quality;
            if (moving is not null)
            {
                var seconds = (double)i / settings.FramesPerSecond;
                moving.Paint(seconds, canvas);
                faces = moving.Scene.FacesAt(seconds);
            }
            else if (kind == DumpKind.Shuffled)
            {
                using var painter = new DemoPainter(Scene(settings, i));
                painter.Paint(ShuffledMoment, canvas);
                faces = painter.Scene.FacesAt(ShuffledMoment);
            }
            else
            {
                var scene = new VariedScene(unchecked(settings.Seed + (i * 7919)), settings.Width, settings.Height);
                VariedPainter.Paint(scene, canvas, bitmap);
                faces = scene.Faces;
                quality = LowestVariedQuality + (int)((95 - LowestVariedQuality) * scene.Camera.JpegQuality);
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"{i:D6}.jpg");
            using (var file = File.Create(Path.Combine(folder, name)))
            {
                bitmap.Encode(file, SKEncodedImageFormat.Jpeg, quality);
            }

            pictures.Add(new DemoLabels.Picture(name, settings.Width, settings.Height, Array.ConvertAll(faces, face => DemoLabels.LabelledFace.Of(face))));
        }

        using var labels = File.Create(Path.Combine(folder, "labels.json"));
        JsonSerializer.Serialize(labels, new DemoLabels(pictures), DemoLabelsJson.Default.DemoLabels);
    }

    private static DemoScene Scene(DemoSettings settings, int number) =>
        new(unchecked(settings.Seed + number), settings.Width, settings.Height, settings.Faces);
}
