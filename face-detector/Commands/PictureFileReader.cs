using FaceEdge.Imaging;

namespace FaceEdge.Commands;

/// <summary>Reads and decodes a picture from the disk, and says what its user can do where that fails.</summary>
internal sealed class PictureFileReader(IImagingBackend imaging, ImageLimits limits)
{
    /// <summary>What the runtime puts in place of bytes that are no UTF-8: such a name cannot be given back to the system.</summary>
    private const char NotUtf8 = '\uFFFD';

    private const string AllowMore = "--max-bytes, --max-side and --max-pixels allow more.";

    private static readonly ImageLimits Unlimited = new(int.MaxValue, int.MaxValue, long.MaxValue);

    /// <summary>The file's bytes.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidImageException">It is larger than is allowed.</exception>
    public byte[] Read(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length > limits.MaxBytes
            ? throw new InvalidImageException(FormattableString.Invariant(
                $"The picture has {file.Length:N0} bytes; at most {limits.MaxBytes:N0} are taken. {AllowMore}"))
            : File.ReadAllBytes(path);
    }

    /// <summary>Why a file or a folder cannot be read, in words of what can be done.</summary>
    public static string WhyNot(string path, Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException && path.Contains(NotUtf8, StringComparison.Ordinal)
        ? "its name is not UTF-8 and cannot be opened; rename it, as with: convmv -f latin1 -t utf8 --notest FILE"
        : exception.Message;

    /// <summary>Decodes what <see cref="Read"/> has read.</summary>
    /// <exception cref="InvalidImageException">No picture, damaged, or over a limit.</exception>
    public Frame Decode(byte[] encoded, FramePool pool)
    {
        try
        {
            return imaging.Decode(encoded, limits, pool);
        }
        catch (InvalidImageException exception) when (IsOverLimit(encoded))
        {
            throw new InvalidImageException($"{exception.Message} {AllowMore}", exception);
        }
    }

    /// <summary>Whether nothing but a limit speaks against the picture.</summary>
    private bool IsOverLimit(byte[] encoded)
    {
        try
        {
            var header = PictureHeader.Read(encoded, Unlimited);
            return Math.Max(header.Width, header.Height) > limits.MaxSide || (long)header.Width * header.Height > limits.MaxPixels;
        }
        catch (InvalidImageException)
        {
            return false;
        }
    }
}
