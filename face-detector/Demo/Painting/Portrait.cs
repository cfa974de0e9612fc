using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>One person, painted once in layers and then placed by pose; only eyes and mouth are painted again.</summary>
internal sealed class Portrait : IDisposable
{
    private const float BackDepth = -34;
    private const float EarDepth = -14;
    private const float SkinDepth = 3;
    private const float BeardDepth = 26;
    private const float FrontDepth = 9;
    private const float MaskDepth = 46;
    private const float EyewearDepth = 52;

    private static readonly SKRect HeadBounds = new(-160, -210, 160, 225);
    private static readonly SKRect FaceBounds = new(-100, -90, 100, 125);

    private readonly FaceTraits _traits;
    private readonly List<(Sprite Sprite, float Depth)> _behindMouth = [];
    private readonly List<(Sprite Sprite, float Depth)> _front = [];
    private readonly Sprite _body;
    private readonly EyePainter _eyes;
    private readonly MouthPainter _mouth;

    /// <param name="traits">Who it is.</param>
    /// <param name="faceHeight">Pixels from hairline to chin that the layers are painted for, as in the poses that will be drawn.</param>
    public Portrait(FaceTraits traits, float faceHeight)
    {
        _traits = traits;
        var scale = faceHeight / (2 * HeadProjection.HalfHeight);
        var skin = Complexion.Of(traits.Tone);
        using var hair = HairPainter.Front(traits);

        _body = Sprite.Paint(new SKRect(-178, 45, 178, BodyPainter.Bottom), scale, canvas => BodyPainter.Paint(canvas, traits, skin))!;
        Add(_behindMouth, HeadBounds, BackDepth, canvas => PaintBack(canvas, traits));
        Add(_behindMouth, FaceBounds, EarDepth, canvas => HeadPainter.PaintEars(canvas, skin, traits));
        Add(_behindMouth, HeadBounds, SkinDepth, canvas => PaintSkin(canvas, traits, skin, hair));
        Add(_behindMouth, FaceBounds, HeadProjection.EyeDepth, canvas => FeaturePainter.PaintRelief(canvas, skin, traits));
        Add(_behindMouth, FaceBounds, BeardDepth, canvas => BeardPainter.Paint(canvas, traits, skin));
        Add(_behindMouth, FaceBounds, HeadProjection.NoseDepth, canvas => FeaturePainter.PaintNose(canvas, skin, traits));
        Add(_front, FaceBounds, MaskDepth, canvas => FaceMaskPainter.Paint(canvas, traits));
        Add(_front, FaceBounds, EyewearDepth, canvas => EyewearPainter.Paint(canvas, traits.Eyewear));
        Add(_front, HeadBounds, FrontDepth, canvas => PaintFront(canvas, traits, hair));

        _eyes = new EyePainter(traits, skin);
        _mouth = new MouthPainter(traits, skin);

        void Add(List<(Sprite, float)> layers, SKRect bounds, float depth, Action<SKCanvas> paint)
        {
            if (Sprite.Paint(bounds, scale, paint) is { } sprite)
            {
                layers.Add((sprite, depth));
            }
        }
    }

    public void Draw(Easel easel, in Pose pose)
    {
        _body.DrawUnscaled(easel, Upright(pose));
        DrawAll(easel, _behindMouth, pose);
        Place(easel.Canvas, pose, HeadProjection.MouthDepth);
        _mouth.Paint(easel.Canvas, pose);
        easel.Canvas.Restore();
        Place(easel.Canvas, pose, HeadProjection.EyeDepth);
        _eyes.Paint(easel.Canvas, pose);
        easel.Canvas.Restore();
        DrawAll(easel, _front, pose);
    }

    /// <summary>For people with nothing in front of them; before <see cref="Draw"/>.</summary>
    public void DrawLegs(SKCanvas canvas, in Pose pose)
    {
        canvas.Save();
        canvas.Concat(Upright(pose));
        BodyPainter.PaintLegs(canvas, _traits);
        canvas.Restore();
    }

    public void Dispose()
    {
        _body.Dispose();
        _behindMouth.ForEach(layer => layer.Sprite.Dispose());
        _front.ForEach(layer => layer.Sprite.Dispose());
        _eyes.Dispose();
        _mouth.Dispose();
    }

    /// <summary>The body neither turns nor tilts with the head.</summary>
    private static SKMatrix Upright(in Pose pose) => HeadProjection.At(pose with { Yaw = 0, Pitch = 0, Roll = 0 }, 0, 1);

    private static void PaintBack(SKCanvas canvas, FaceTraits traits)
    {
        HairPainter.PaintBack(canvas, traits);
        HeadwearPainter.PaintBack(canvas, traits);
    }

    private static void PaintSkin(SKCanvas canvas, FaceTraits traits, Complexion skin, SKPath? hair)
    {
        HeadPainter.PaintSkin(canvas, skin);
        if (hair is not null && traits.Hair != HairStyle.Buzzed)
        {
            HeadPainter.PaintShadowOf(canvas, hair, skin);
        }

        using var hat = HeadwearPainter.Front(traits.Headwear);
        if (hat is not null)
        {
            HeadPainter.PaintShadowOf(canvas, hat, skin);
        }
    }

    private static void PaintFront(SKCanvas canvas, FaceTraits traits, SKPath? hair)
    {
        if (hair is not null && traits.Headwear is not (Headwear.Headscarf or Headwear.Turban))
        {
            HairPainter.PaintFront(canvas, traits, hair);
        }

        HeadwearPainter.PaintFront(canvas, traits);
    }

    private void DrawAll(Easel easel, List<(Sprite Sprite, float Depth)> layers, in Pose pose)
    {
        foreach (var (sprite, depth) in layers)
        {
            sprite.Draw(easel, HeadProjection.At(pose, depth, _traits.HeadWidth));
        }
    }

    private void Place(SKCanvas canvas, in Pose pose, float depth)
    {
        canvas.Save();
        canvas.Concat(HeadProjection.At(pose, depth, _traits.HeadWidth));
    }
}
