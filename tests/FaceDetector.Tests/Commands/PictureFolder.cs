using System.Buffers;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Detection;
using FaceEdge.Tests.Detection.Onnx;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Commands;

/// <summary>A folder with the square model and JPEG pictures in which it finds squares.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PictureFolder() => Model = _folder.Write("square.onnx", SquareModel.Dynamic.Content);

    public string Model { get; }

    public string Path => _folder.Path;

    public string File(string name) => _folder.File(name);

    /// <summary>A picture of 640x640 whose one face is the square of 64 pixels with its corner at <paramref name="x"/>, 64.</summary>
    public string AddPicture(string name, int x)
    {
        using var pool = new FramePool();
        using var frame = new TestFrame(640, 640).Fill(x, 64, 64, 64, 255, 255, 0).ToFrame(pool);
        var jpeg = new ArrayBufferWriter<byte>();
        PortableBackend.Create().EncodeJpeg(frame, 100, jpeg);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        return _folder.Write(name, jpeg.WrittenSpan.ToArray());
    }

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => _folder.Dispose();
}
