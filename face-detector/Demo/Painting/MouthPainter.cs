using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>The mouth: painted again in every frame, because it smiles and speaks.</summary>
internal sealed class MouthPainter : IDisposable
{
    private readonly FaceTraits _traits;
    private readonly SKPaint _upperLip;
    private readonly SKPaint _lowerLip;
    private readonly SKPaint _shine;
    private readonly SKPaint _inside;
    private readonly SKPaint _teeth;
    private readonly SKPaint _line;
    private readonly SKPaint _dimple;

    public MouthPainter(FaceTraits traits, Complexion skin)
    {
        _traits = traits;
        _upperLip = Brush.Fill(skin.Lip.Times(0.84f, 0.8f, 0.8f));
        _lowerLip = Brush.Linear(new SKPoint(0, 60), new SKPoint(0, 76), skin.Lip, skin.Lip.Towards(skin.Lit, 0.3f), skin.Lip.Times(0.9f, 0.85f, 0.85f));
        _shine = Brush.Radial(new SKPoint(-4, 69), 9, SKColors.White.Fade(0.26f), SKColors.White.Fade(0));
        _inside = Brush.Fill(new SKColor(0x4A, 0x16, 0x18));
        _teeth = Brush.Fill(new SKColor(0xFA, 0xF5, 0xEE));
        _line = Brush.Line(skin.Line.Fade(0.9f), 2.4f);
        _dimple = Brush.Line(skin.Deep.Fade(0.5f), 2);
    }

    public void Paint(SKCanvas canvas, in Pose pose)
    {
        var x = HeadProjection.MouthX * _traits.MouthWidth * (1 + (0.18f * pose.Smile));
        var corner = HeadProjection.MouthY - (5 * pose.Smile);
        var middle = HeadProjection.MouthY + (3.5f * pose.Smile);
        var open = 13 * pose.MouthOpen;
        var full = _traits.LipFullness;
        var upper = middle - (open * 0.15f);
        var lower = middle + (open * 0.85f);

        using var top = Lip(x, corner, upper, builder =>
        {
            builder.CubicTo(x * 0.55f, upper - (7.5f * full), x * 0.22f, upper - (9.5f * full), 0, upper - (6.5f * full));
            builder.CubicTo(-x * 0.22f, upper - (9.5f * full), -x * 0.55f, upper - (7.5f * full), -x, corner);
        });
        using var bottom = Lip(x, corner, lower, builder =>
            builder.CubicTo(x * 0.6f, lower + (13 * full), -x * 0.6f, lower + (13 * full), -x, corner));

        if (pose.MouthOpen > 0.05f)
        {
            using var gap = Gap(x, corner, upper, lower);
            canvas.DrawPath(gap, _inside);
            canvas.Save();
            canvas.ClipPath(gap, SKClipOperation.Intersect, antialias: true);
            canvas.DrawRoundRect(-x * 0.8f, upper - 8, x * 1.6f, 8 + (open * 0.5f), 4, 4, _teeth);
            canvas.Restore();
        }

        canvas.DrawPath(top, _upperLip);
        canvas.DrawPath(bottom, _lowerLip);
        canvas.DrawPath(bottom, _shine);

        if (pose.MouthOpen <= 0.05f)
        {
            using var seam = Seam(x, corner, middle);
            canvas.DrawPath(seam, _line);
        }

        if (pose.Smile > 0.3f)
        {
            canvas.DrawLine(-x - 3, corner - 4, -x - 4.5f, corner + 3, _dimple);
            canvas.DrawLine(x + 3, corner - 4, x + 4.5f, corner + 3, _dimple);
        }
    }

    public void Dispose()
    {
        SKPaint[] paints = [_upperLip, _lowerLip, _shine, _inside, _teeth, _line, _dimple];
        foreach (var paint in paints)
        {
            paint.Dispose();
        }
    }

    /// <summary>From the left corner along the inner edge to the right corner, then back along the outer edge.</summary>
    private static SKPath Lip(float x, float corner, float inner, Action<SKPathBuilder> outerEdge)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(-x, corner);
        builder.CubicTo(-x * 0.5f, inner + 1, x * 0.5f, inner + 1, x, corner);
        outerEdge(builder);
        builder.Close();
        return builder.Detach();
    }

    private static SKPath Gap(float x, float corner, float upper, float lower)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(-x, corner);
        builder.CubicTo(-x * 0.5f, upper, x * 0.5f, upper, x, corner);
        builder.CubicTo(x * 0.5f, lower + 3, -x * 0.5f, lower + 3, -x, corner);
        builder.Close();
        return builder.Detach();
    }

    private static SKPath Seam(float x, float corner, float middle)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(-x, corner);
        builder.CubicTo(-x * 0.5f, middle + 1, x * 0.5f, middle + 1, x, corner);
        return builder.Detach();
    }
}
