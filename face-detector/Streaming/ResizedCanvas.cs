using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Streaming;

/// <summary>Lends frames of one width, resized from a camera's; made again when the camera's layout changes.</summary>
internal sealed class ResizedCanvas : IDisposable
{
    private readonly FramePool _pool = new();
    private FrameScaler? _scaler;

    public ResizedCanvas(int width) => Width = width;

    public int Width { get; }

    /// <param name="frame">Wider than the canvas.</param>
    /// <returns>The caller's to paint on and to dispose.</returns>
    public Frame Resize(Frame frame)
    {
        if (_scaler is null || _scaler.Source != frame.Layout)
        {
            _scaler = new FrameScaler(frame.Layout, Width);
        }

        var canvas = _pool.Rent(_scaler.Target);
        _scaler.Run(frame.View, canvas);
        return canvas;
    }

    public void Dispose() => _pool.Dispose();
}
