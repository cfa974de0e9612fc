using SkiaSharp;

namespace FaceEdge.Capture.Demo.Painting;

/// <summary>One person, painted once in layers and then placed by pose; only eyes and mouth are painted anew.</summary>
internal sealed class Portrait : IDisposable
{
    private const float BackDepth = -34;
    private const float EarDepth = -14;
    private const float SkinDepth = 3;
    private const float BeardDepth = 26;
    private const float FrontDepth = 9;
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
    /// <param name="faceHeight">Pixels from hairline to chin that the layers are painted for; a pose may differ by a tenth and still look sharp.</param>
    public Portrait(FaceTraits traits, float faceHeight)
    {
        _traits = traits;
        var scale = faceHeight / (2 * HeadProjection.HalfHeight);
        var skin = Complexion.Of(traits.Tone);
        using var hair = HairPainter.Front(traits);

        _body = Sprite.Paint(new SKRect(-178, 45, 178, BodyPainter.Bottom), scale, canvas => BodyPainter.Paint(canvas, traits, skin));
        _behindMouth.Add((Sprite.Paint(HeadBounds, scale, canvas => PaintBack(canvas, traits)), BackDepth));
        _behindMouth.Add((Sprite.Paint(FaceBounds, scale, canvas => HeadPainter.PaintEars(canvas, skin, traits)), EarDepth));
        _behindMouth.Add((Sprite.Paint(new SKRect(-82, -132, 82, 106), scale, canvas => PaintSkin(canvas, traits, skin, hair)), SkinDepth));
        _behindMouth.Add((Sprite.Paint(FaceBounds, scale, canvas => FeaturePainter.PaintRelief(canvas, skin, traits)), HeadProjection.EyeDepth));
        if (traits.Beard != Beard.None)
        {
            _behindMouth.Add((Sprite.Paint(FaceBounds, scale, canvas => BeardPainter.Paint(canvas, traits, skin)), BeardDepth));
        }

        _behindMouth.Add((Sprite.Paint(new SKRect(-34, -30, 34, 50), scale, canvas => FeaturePainter.PaintNose(canvas, skin, traits)), HeadProjection.NoseDepth));
        _front.Add((Sprite.Paint(HeadBounds, scale, canvas => PaintFront(canvas, traits, hair)), FrontDepth));
        if (traits.Eyewear != Eyewear.None)
        {
            _front.Insert(0, (Sprite.Paint(new SKRect(-82, -40, 82, 24), scale, canvas => EyewearPainter.Paint(canvas, traits.Eyewear)), EyewearDepth));
        }

        _eyes = new EyePainter(traits, skin);
        _mouth = new MouthPainter(traits, skin);
    }

    public void Draw(SKCanvas canvas, in Pose pose)
    {
        // The body follows half of the head's tilt and none of its turn.
        var still = pose with { Yaw = 0, Pitch = 0, Roll = 0 };
        _body.Draw(canvas, HeadProjection.At(still, 0, 1));
        DrawAll(canvas, _behindMouth, pose);
        Place(canvas, pose, HeadProjection.MouthDepth);
        _mouth.Paint(canvas, pose);
        canvas.Restore();
        Place(canvas, pose, HeadProjection.EyeDepth);
        _eyes.Paint(canvas, pose);
        canvas.Restore();
        DrawAll(canvas, _front, pose);
    }

    /// <summary>For people with nothing in front of them; before <see cref="Draw"/>.</summary>
    public void DrawLegs(SKCanvas canvas, in Pose pose)
    {
        canvas.Save();
        canvas.Concat(HeadProjection.At(pose with { Yaw = 0, Pitch = 0, Roll = 0 }, 0, 1));
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

    private void DrawAll(SKCanvas canvas, List<(Sprite Sprite, float Depth)> layers, in Pose pose)
    {
        foreach (var (sprite, depth) in layers)
        {
            sprite.Draw(canvas, HeadProjection.At(pose, depth, _traits.HeadWidth));
        }
    }

    private void Place(SKCanvas canvas, in Pose pose, float depth)
    {
        canvas.Save();
        canvas.Concat(HeadProjection.At(pose, depth, _traits.HeadWidth));
    }
}
