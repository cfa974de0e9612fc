using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Demo.Painting;

/// <summary>Paints a scene at any moment of it. Everything that does not change is painted once, when the painter is made.</summary>
internal sealed class DemoPainter : IDisposable
{
    private readonly Scenery _scenery;
    private readonly Portrait[] _portraits;
    private readonly Easel _easel;

    public DemoPainter(DemoScene scene)
    {
        Scene = scene;
        Scenery? scenery = null;
        var portraits = new Portrait[scene.Actors.Count];

        // The caller takes part: where the pool's threads are busy, it paints alone rather than waits for one.
        Parallel.For(0, portraits.Length + 1, i =>
        {
            if (i == portraits.Length)
            {
                scenery = new Scenery(scene.Seed, scene.Width, scene.Height);
            }
            else
            {
                portraits[i] = new Portrait(scene.Actors[i].Traits, scene.Actors[i].FaceHeight);
            }
        });
        (_scenery, _portraits) = (scenery!, portraits);
        _easel = new Easel(scene.Width, scene.Height);
    }

    public DemoScene Scene { get; }

    /// <summary>Paints the scene as it is at that time into a frame of the scene's size.</summary>
    public void Paint(double seconds, Frame frame)
    {
        Paint(seconds, _easel);
        PixelLayout.BgraToBgr(_easel.Bitmap.GetPixelSpan(), frame.Pixels);
    }

    /// <summary>Paints the scene as it is at that time on an easel of the scene's size.</summary>
    public void Paint(double seconds, Easel easel)
    {
        _scenery.DrawBack(easel.Canvas);
        var row = 0;
        for (var i = 0; i < _portraits.Length; i++)
        {
            for (; row < Scene.Actors[i].Row; row++)
            {
                _scenery.DrawBefore(easel.Canvas, row);
            }

            _portraits[i].Draw(easel, Scene.Actors[i].Motion.At(seconds));
        }

        for (; row < DemoScene.Rows; row++)
        {
            _scenery.DrawBefore(easel.Canvas, row);
        }
    }

    public void Dispose()
    {
        _easel.Dispose();
        foreach (var portrait in _portraits)
        {
            portrait.Dispose();
        }

        _scenery.Dispose();
    }
}
