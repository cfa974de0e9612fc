using System.Globalization;
using System.Net;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>Writes a comparison as one HTML page that needs nothing beside it: figures first, then the pictures, A's boxes left and B's right.</summary>
internal sealed class ComparisonPage
{
    /// <summary>Faces of a picture that are described; in a crowd the texts would cover each other.</summary>
    private const int MostDescribed = 3;

    private readonly IImagingBackend _imaging;
    private readonly bool _showsPixels;
    private readonly StringBuilder _html = new();

    /// <param name="imaging">Decodes and encodes the pictures.</param>
    /// <param name="showsPixels">Whether the pictures stand in the page; else their boxes on plain grey, for photographs that may not be passed on.</param>
    public ComparisonPage(IImagingBackend imaging, bool showsPixels)
    {
        _imaging = imaging;
        _showsPixels = showsPixels;
    }

    /// <summary>What each picture may be at most.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <exception cref="EvaluationException">A picture can no longer be read.</exception>
    public string Write(ComparisonReport report)
    {
        Line($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        Line($"<title>{Escape(report.A.Name)} and {Escape(report.B.Name)}</title><style>{Style()}</style></head><body>");
        Line($"<h1><span class=\"a\">{Escape(report.A.Name)}</span> and <span class=\"b\">{Escape(report.B.Name)}</span></h1>");
        Line($"<p class=\"muted\">{Count(report.Pictures, "picture")}, {Labels(report)} · input side {report.InputSide}</p>");
        Figures(report);
        Pictures(report);
        if (report.Unread.Count > 0)
        {
            Line($"<h2>Not read</h2><ul>{string.Concat(report.Unread.Select(line => $"<li>{Escape(line)}</li>"))}</ul>");
        }

        Line($"</body></html>");
        return _html.ToString();
    }

    private static string Labels(ComparisonReport report)
        => report.LabelsSha256 is { } sha ? $"{report.Labelled} with labels ({sha[..12]})" : "no labels";

    private static string Style()
    {
        using var stream = typeof(ComparisonPage).Assembly.GetManifestResourceStream("Comparison/page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");

    private void Line(FormattableString html) => _html.Append(html.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Figures(ComparisonReport report)
    {
        var (a, b) = (report.A, report.B);
        Line($"<div class=\"figures\"><table><thead><tr><th></th><th class=\"a\">A</th><th class=\"b\">B</th><th>B − A</th></tr></thead><tbody>");
        Line($"<tr><th>Model</th><td>{Escape(a.Name)}</td><td>{Escape(b.Name)}</td><td></td></tr>");
        Line($"<tr><th>SHA-256</th><td><code>{a.Sha256[..12]}</code></td><td><code>{b.Sha256[..12]}</code></td><td></td></tr>");
        Line($"<tr><th>Size</th><td>{a.Bytes / 1024.0:F0} KiB</td><td>{b.Bytes / 1024.0:F0} KiB</td><td>{(b.Bytes - a.Bytes) / 1024.0:+0;−0;0} KiB</td></tr>");
        for (var i = 0; i < (a.Sizes?.Count ?? 0); i++)
        {
            Precision(a.Sizes![i], b.Sizes![i]);
        }

        Line($"<tr><th>Threshold</th><td>{a.ScoreThreshold:F2}</td><td>{b.ScoreThreshold:F2}</td><td></td></tr>");
        Line($"<tr><th>Faces at its threshold</th><td>{a.Faces}</td><td>{b.Faces}</td><td>{b.Faces - a.Faces:+0;−0;0}</td></tr>");
        var latency = report.Latency;
        Line($"<tr><th>Detection, median</th><td>{a.Milliseconds:F2} ms</td><td>{b.Milliseconds:F2} ms</td>");
        Line($"<td>× {latency.Median:F2} <span class=\"muted\">({latency.Low:F2} to {latency.High:F2}, {latency.Turns} turns)</span></td></tr>");
        Line($"</tbody></table>");
        Shares(report.Agreement);
        Line($"</div>");
    }

    private void Precision(SizeClassResult a, SizeClassResult b)
    {
        var name = a.Size == SizeClass.All.Name ? "all faces" : $"faces of {a.Size} of the height";
        var change = b.AveragePrecision - a.AveragePrecision;
        var verdict = change < -AccuracyBaseline.DefaultAllowedFall ? "worse" : change > AccuracyBaseline.DefaultAllowedFall ? "better" : "same";
        Line($"<tr><th>AP@0.5, {Escape(name)} ({a.Faces})</th><td>{a.AveragePrecision:F4}</td><td>{b.AveragePrecision:F4}</td>");
        Line($"<td class=\"{verdict}\">{change:+0.0000;−0.0000;0}</td></tr>");
    }

    /// <summary>One bar: what A alone finds, what both find, what B alone finds.</summary>
    private void Shares(Agreement agreement)
    {
        Line($"<figure><figcaption>{agreement.Share:0.0%} of the faces are found by both, boxes overlapping by {agreement.Overlap:F2}</figcaption>");
        Line($"<div class=\"bar\"><span class=\"a\" style=\"flex:{agreement.OnlyA}\"></span><span style=\"flex:{agreement.Both}\"></span>");
        Line($"<span class=\"b\" style=\"flex:{agreement.OnlyB}\"></span></div><div class=\"legend\"><span class=\"a\">{agreement.OnlyA} only A</span>");
        Line($"<span>{agreement.Both} both</span><span class=\"b\">{agreement.OnlyB} only B</span></div></figure>");
    }

    private void Pictures(ComparisonReport report)
    {
        if (report.Strongest.Count == 0)
        {
            Line($"<h2>No disagreement</h2><p>Both find the same faces on every picture.</p>");
            return;
        }

        Line($"<h2>{Count(report.Strongest.Count, "strongest disagreement")}</h2>");
        Line($"<p class=\"muted\">A left, B right. Thick: a face that only this model finds; its score, and in brackets the other's there.");
        Line($"Thin: found by both. Dashed: labelled.</p><main>");
        using var pool = new FramePool();
        for (var i = 0; i < report.Strongest.Count; i++)
        {
            Picture(report.Strongest[i], i + 1, pool);
        }

        Line($"</main>");
    }

    private void Picture(PictureDifference difference, int number, FramePool pool)
    {
        Line($"<article><h3>{number}. {Escape(difference.Picture.Name)}</h3><div class=\"pair\">");
        Line($"<svg class=\"a\" viewBox=\"0 0 {difference.Width} {difference.Height}\">");
        Ground(difference, number, pool);
        Boxes(difference, byB: false);
        Line($"</svg><svg class=\"b\" viewBox=\"0 0 {difference.Width} {difference.Height}\"><use href=\"#p{number}\"/>");
        Boxes(difference, byB: true);
        Line($"</svg></div><ul>");
        foreach (var face in difference.Faces.Take(MostDescribed))
        {
            var model = face.ByB ? "b" : "a";
            var right = face.IsRight switch
            {
                true => ", a labelled face",
                false => ", no face is labelled there",
                _ => string.Empty,
            };
            Line($"<li><span class=\"{model}\">Only {model.ToUpperInvariant()}</span>:");
            Line($"{face.Score:F2} against {face.OtherScore:F2}, {face.Box.Height:F0} px high{right}</li>");
        }

        var more = difference.Faces.Count - MostDescribed;
        Line($"</ul>{(more > 0 ? $"<p class=\"muted\">and {more} more</p>" : string.Empty)}</article>");
    }

    /// <summary>What the boxes lie on; the second half of the pair uses it too.</summary>
    private void Ground(PictureDifference difference, int number, FramePool pool)
    {
        var shape = $"id=\"p{number}\" width=\"{difference.Width}\" height=\"{difference.Height}\"";
        if (!_showsPixels)
        {
            Line($"<rect class=\"ground\" {shape}/>");
            return;
        }

        using var frame = PictureReader.Read(_imaging, difference.Picture.Path, difference.Picture.Labels, Limits, pool);
        var jpeg = Convert.ToBase64String(Thumbnail.Encode(frame, _imaging, pool).Span);
        Line($"<image {shape} preserveAspectRatio=\"none\"");
        Line($"href=\"data:image/jpeg;base64,{jpeg}\"/>");
    }

    private void Boxes(PictureDifference difference, bool byB)
    {
        foreach (var face in difference.Picture.Labels?.Faces ?? [])
        {
            Rectangle(face.Box, face.Ignored ? "label unsure" : "label");
        }

        foreach (var box in difference.Agreed)
        {
            Rectangle(box, "agreed");
        }

        var text = Math.Max(difference.Width, difference.Height) / 28.0;
        for (var i = difference.Faces.Count - 1; i >= 0; i--)
        {
            var face = difference.Faces[i];
            if (face.ByB != byB)
            {
                continue;
            }

            Rectangle(face.Box, "only");
            if (i < MostDescribed)
            {
                var y = face.Box.Y > text * 1.2 ? face.Box.Y - (text * 0.25) : face.Box.Bottom + text;
                var x = Math.Clamp(face.Box.X, 0, Math.Max(0, difference.Width - (text * 6)));
                Line($"<text x=\"{x:F0}\" y=\"{y:F0}\" font-size=\"{text:F1}\">{face.Score:F2} ({face.OtherScore:F2})</text>");
            }
        }
    }

    private void Rectangle(in Box box, string kind)
        => Line($"<rect class=\"{kind}\" x=\"{box.X:F1}\" y=\"{box.Y:F1}\" width=\"{box.Width:F1}\" height=\"{box.Height:F1}\"/>");
}
