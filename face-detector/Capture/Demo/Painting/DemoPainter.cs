using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using SkiaSharp;

namespace FaceEdge.Capture.Demo.Painting;

/// <summary>Paints a scene at any moment of it. Everything that does not change is painted once, when the painter is made.</summary>
internal sealed class DemoPainter : IDisposable
{
    private readonly Scenery _scenery;
    private readonly Portrait[] _portraits;
    private readonly SKBitmap _canvasPixels;
    private readonly SKCanvas _canvas;

    public DemoPainter(DemoScene scene)
    {
        Scene = scene;
        _scenery = new Scenery(scene.Seed, scene.Width, scene.Height);
        _portraits = [.. scene.Actors.Select(actor => new Portrait(actor.Traits, actor.FaceHeight))];
        _canvasPixels = new SKBitmap(new SKImageInfo(scene.Width, scene.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_canvasPixels);
    }

    public DemoScene Scene { get; }

    /// <summary>Paints the scene as it is at that time into a frame of the scene's size.</summary>
    public void Paint(double seconds, Frame frame)
    {
        Paint(seconds, _canvas);
        PixelLayout.BgraToBgr(_canvasPixels.GetPixelSpan(), frame.Pixels);
    }

    /// <summary>Paints the scene as it is at that time, one unit of the canvas to the pixel.</summary>
    public void Paint(double seconds, SKCanvas canvas)
    {
        _scenery.DrawBack(canvas);
        var row = 0;
        for (var i = 0; i < _portraits.Length; i++)
        {
            for (; row < Scene.Actors[i].Row; row++)
            {
                _scenery.DrawBefore(canvas, row);
            }

            _portraits[i].Draw(canvas, Scene.Actors[i].Motion.At(seconds));
        }

        for (; row < DemoScene.Rows; row++)
        {
            _scenery.DrawBefore(canvas, row);
        }
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _canvasPixels.Dispose();
        foreach (var portrait in _portraits)
        {
            portrait.Dispose();
        }

        _scenery.Dispose();
    }
}
