using System.Globalization;
using System.Text.Json;
using FaceEdge.Contracts;
using FaceEdge.Demo.Painting;
using SkiaSharp;

namespace FaceEdge.Demo;

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
    /// <param name="progress">Told how many are written.</param>
    /// <param name="cancellationToken">Stops between two pictures; labels.json is then not written.</param>
    public static void Write(DemoSettings settings, DumpKind kind, int frames, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var easel = new Easel(settings.Width, settings.Height);
        using var moving = kind == DumpKind.Moving ? new DemoPainter(new DemoScene(settings)) : null;
        var pictures = new List<DemoLabels.Picture>(frames);
        for (var i = 0; i < frames; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KnownFace[] faces;
            var quality = Quality;
            if (moving is not null)
            {
                var seconds = settings.TimeOf(i);
                moving.Paint(seconds, easel);
                faces = moving.Scene.FacesAt(seconds);
            }
            else if (kind == DumpKind.Shuffled)
            {
                using var painter = new DemoPainter(new DemoScene(settings with { Seed = unchecked(settings.Seed + i) }));
                painter.Paint(ShuffledMoment, easel);
                faces = painter.Scene.FacesAt(ShuffledMoment);
            }
            else
            {
                var scene = new VariedScene(unchecked(settings.Seed + (i * 7919)), settings.Width, settings.Height);
                VariedPainter.Paint(scene, easel);
                faces = scene.Faces;
                quality = LowestVariedQuality + (int)((95 - LowestVariedQuality) * scene.Camera.JpegQuality);
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"{i:D6}.jpg");
            using (var file = File.Create(Path.Combine(folder, name)))
            {
                easel.Bitmap.Encode(file, SKEncodedImageFormat.Jpeg, quality);
            }

            pictures.Add(new DemoLabels.Picture(name, settings.Width, settings.Height, Array.ConvertAll(faces, face => DemoLabels.LabelledFace.Of(face))));
            progress.Report(i + 1);
        }

        AtomicFile.Write(
            Path.Combine(folder, "labels.json"), JsonSerializer.SerializeToUtf8Bytes(new DemoLabels(pictures), DemoLabelsJson.Default.DemoLabels));
    }
}
