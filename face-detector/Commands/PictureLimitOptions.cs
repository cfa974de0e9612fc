using System.CommandLine;
using FaceEdge.Imaging;

namespace FaceEdge.Commands;

/// <summary>The options that raise what a picture may be at most, shared by the commands that read pictures: the files are the user's own.</summary>
internal sealed class PictureLimitOptions
{
    private readonly Option<int> _maxBytes = new("--max-bytes")
    {
        Description = "The largest file that is read, in bytes.",
        DefaultValueFactory = _ => ImageLimits.Default.MaxBytes,
    };

    private readonly Option<int> _maxSide = new("--max-side")
    {
        Description = "The longest side of a picture that is decoded, in pixels.",
        DefaultValueFactory = _ => ImageLimits.Default.MaxSide,
    };

    private readonly Option<long> _maxPixels = new("--max-pixels")
    {
        Description = "The most pixels of a picture that is decoded; each takes up to 7 bytes of memory.",
        DefaultValueFactory = _ => ImageLimits.Default.MaxPixels,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_maxBytes);
        command.Options.Add(_maxSide);
        command.Options.Add(_maxPixels);
    }

    /// <exception cref="CommandException">A limit is below 1.</exception>
    public ImageLimits Read(ParseResult parsed)
    {
        var limits = new ImageLimits(parsed.GetValue(_maxBytes), parsed.GetValue(_maxSide), parsed.GetValue(_maxPixels));
        return limits is { MaxBytes: > 0, MaxSide: > 0, MaxPixels: > 0 }
            ? limits
            : throw new CommandException("--max-bytes, --max-side and --max-pixels are whole numbers above 0.");
    }
}
