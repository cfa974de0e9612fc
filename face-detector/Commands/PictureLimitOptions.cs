using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Imaging;

namespace FaceEdge.Commands;

/// <summary>The options that raise what a picture may be at most, shared by the commands that read pictures: the files are the user's own.</summary>
internal sealed class PictureLimitOptions
{
    private readonly Option<int> _maxBytes = new("--max-bytes")
    {
        Description = "The largest file that is read, in bytes.",
        HelpName = "BYTES",
        DefaultValueFactory = _ => ImageLimits.Default.MaxBytes,
    };

    private readonly Option<int> _maxSide = new("--max-side")
    {
        Description = "The longest side of a picture that is decoded, in pixels.",
        HelpName = "PIXELS",
        DefaultValueFactory = _ => ImageLimits.Default.MaxSide,
    };

    private readonly Option<long> _maxPixels = new("--max-pixels")
    {
        Description = "The most pixels of a picture that is decoded; each takes up to 7 bytes of memory.",
        HelpName = "N",
        DefaultValueFactory = _ => ImageLimits.Default.MaxPixels,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_maxBytes.Between(1, int.MaxValue));
        command.Options.Add(_maxSide.Between(1, int.MaxValue));
        command.Options.Add(_maxPixels.Between(1, long.MaxValue));
    }

    public ImageLimits Read(ParseResult parsed) => new(parsed.GetValue(_maxBytes), parsed.GetValue(_maxSide), parsed.GetValue(_maxPixels));
}
