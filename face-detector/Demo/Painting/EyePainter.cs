using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Eyes and brows: painted again in every frame, because they blink, look about and rise.</summary>
internal sealed class EyePainter : IDisposable
{
    private const float HalfWidth = 15.5f;
    private const float IrisRadius = 8.6f;

    private readonly FaceTraits _traits;
    private readonly SKPaint _white;
    private readonly SKPaint _iris;
    private readonly SKPaint _pupil;
    private readonly SKPaint _glint;
    private readonly SKPaint _lash;
    private readonly SKPaint _lowerLash;
    private readonly SKPaint _crease;
    private readonly SKPaint _lid;
    private readonly SKPaint _brow;
    private readonly SKPath _browShape;

    public EyePainter(FaceTraits traits, Complexion skin)
    {
        _traits = traits;
        _white = Brush.Linear(new SKPoint(0, -10), new SKPoint(0, 8), new SKColor(0xC9, 0xBE, 0xB6), new SKColor(0xF8, 0xF3, 0xEE), new SKColor(0xEE, 0xE4, 0xDC));
        _iris = Brush.Radial(
            new SKPoint(0, 2),
            IrisRadius,
            traits.EyeColor.Towards(SKColors.White, 0.25f),
            traits.EyeColor,
            traits.EyeColor.Times(0.35f, 0.35f, 0.35f));
        _pupil = Brush.Fill(new SKColor(0x12, 0x0C, 0x0A));
        _glint = Brush.Fill(SKColors.White.Fade(0.92f));
        _lash = Brush.Line(skin.Line.Towards(SKColors.Black, 0.45f), 3.4f);
        _lowerLash = Brush.Line(skin.Deep.Fade(0.7f), 1.5f);
        _crease = Brush.Line(skin.Deep.Fade(0.55f), 1.7f);
        _lid = Brush.Fill(skin.Base.Towards(skin.Shade, 0.4f));
        _brow = Brush.Fill(BrowColor(traits, skin).Fade(0.9f));
        var weight = traits.BrowWeight;
        _browShape = Brush.Path(FormattableString.Invariant(
            $"M -15,{-1 * weight} C -7,{-7 * weight} 7,{-8.5f * weight} 19,{2.5f * weight} C 8,{-3.5f * weight} -4,{-1 * weight} -14,{3.5f * weight} Z"));
    }

    public void Paint(SKCanvas canvas, in Pose pose)
    {
        for (var side = -1; side <= 1; side += 2)
        {
            canvas.Save();
            canvas.Translate(side * HeadProjection.EyeX, HeadProjection.EyeY);
            PaintEye(canvas, side, pose);
            canvas.Restore();

            canvas.Save();
            canvas.Translate(side * HeadProjection.EyeX, HeadProjection.EyeY - 24 - (5 * pose.BrowRaise));
            canvas.Scale(side, 1);
            canvas.DrawPath(_browShape, _brow);
            canvas.Restore();
        }
    }

    public void Dispose()
    {
        SKPaint[] paints = [_white, _iris, _pupil, _glint, _lash, _lowerLash, _crease, _lid, _brow];
        foreach (var paint in paints)
        {
            paint.Dispose();
        }

        _browShape.Dispose();
    }

    private static SKColor BrowColor(FaceTraits traits, Complexion skin) =>
        traits.Age == AgeGroup.Elder ? traits.HairColor.Times(0.7f, 0.68f, 0.66f) : traits.HairColor.Times(0.62f, 0.58f, 0.56f).Towards(skin.Line, 0.35f);

    private void PaintEye(SKCanvas canvas, int side, in Pose pose)
    {
        canvas.Scale(_traits.EyeSize);

        // A smile lifts the lower lid; a blink brings the upper one down to it.
        var lower = 8.5f - (2.6f * pose.Smile);
        var upper = lower + ((-12.5f - lower) * pose.EyesOpen);
        var outer = side * HalfWidth;
        var inner = -side * HalfWidth * 0.94f;

        using var upperLid = Curve(outer, inner, upper, side);
        if (pose.EyesOpen > 0.12f)
        {
            using var opening = Opening(outer, inner, upper, lower, side);
            canvas.Save();
            canvas.ClipPath(opening, SKClipOperation.Intersect, antialias: true);
            canvas.DrawRect(-HalfWidth - 2, -14, (2 * HalfWidth) + 4, 26, _white);
            canvas.Translate((3.6f * pose.Gaze) + (side * -0.6f), -1);
            canvas.DrawCircle(0, 0, IrisRadius, _iris);
            canvas.DrawCircle(0, 0, IrisRadius * 0.48f, _pupil);
            canvas.DrawCircle(-2.8f, -3.2f, 2.3f, _glint);
            canvas.Restore();
        }

        if (pose.EyesOpen < 0.95f)
        {
            using var lid = Opening(outer, inner, -12.5f, upper, side);
            canvas.DrawPath(lid, _lid);
        }

        canvas.DrawPath(upperLid, _lash);
        using var lowerLid = Curve(outer, inner, lower, side);
        canvas.DrawPath(lowerLid, _lowerLash);
        using var crease = Curve(outer * 1.04f, inner, -18.5f + (1.5f * (1 - pose.EyesOpen)), side, lift: -4);
        canvas.DrawPath(crease, _crease);
    }

    private static SKPath Curve(float outer, float inner, float control, int side, float lift = 0)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(outer, -1.5f + lift);
        builder.CubicTo(outer - (side * 7), control, inner + (side * 8), control, inner, 2 + lift);
        return builder.Detach();
    }

    private static SKPath Opening(float outer, float inner, float upper, float lower, int side)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(outer, -1.5f);
        builder.CubicTo(outer - (side * 7), upper, inner + (side * 8), upper, inner, 2);
        builder.CubicTo(inner + (side * 7), lower, outer - (side * 8), lower, outer, -1.5f);
        builder.Close();
        return builder.Detach();
    }
}
