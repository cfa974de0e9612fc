using System.Buffers;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Commands;

/// <summary>Writes pictures with their boxes painted in, as JPEG, into a folder of the user's.</summary>
internal sealed class AnnotationFolder
{
    private const int JpegQuality = 90;

    private readonly string _folder;
    private readonly IImagingBackend _imaging;
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    public AnnotationFolder(string folder, IImagingBackend imaging)
    {
        _folder = folder;
        _imaging = imaging;
    }

    /// <summary>Makes sure beforehand that no two pictures are written to one file, and none over itself.</summary>
    /// <exception cref="CommandException">They would be.</exception>
    public void Reserve(IEnumerable<PictureFile> pictures)
    {
        foreach (var picture in pictures)
        {
            var target = Target(picture);
            if (target == Path.GetFullPath(picture.Path))
            {
                throw new CommandException($"--annotate would write over {picture.Path}; give another folder.");
            }

            if (!_sources.TryAdd(target, picture.Path))
            {
                throw new CommandException($"--annotate would write both {_sources[target]} and {picture.Path} to {target}; annotate them into different folders.");
            }
        }
    }

    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Write(PictureFile picture, Frame frame, ReadOnlySpan<Face> faces, DetectionMode mode)
    {
        BoxPainter.Paint(PixelCanvas.Over(frame), faces, mode);
        var jpeg = new ArrayBufferWriter<byte>();
        _imaging.EncodeJpeg(frame, JpegQuality, jpeg);
        var target = Target(picture);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            AtomicFile.Write(target, jpeg.WrittenSpan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{target} cannot be written: {exception.Message}", exception);
        }
    }

    private string Target(PictureFile picture)
    {
        var isJpeg = Path.GetExtension(picture.Name).ToUpperInvariant() is ".JPG" or ".JPEG";
        return Path.GetFullPath(Path.Combine(_folder, isJpeg ? picture.Name : picture.Name + ".jpg"));
    }
}
