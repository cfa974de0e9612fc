using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>A folder's pictures by name, one after the other and again from the start; or one picture alone. New files are seen on the next round.</summary>
internal sealed class FolderSource : IFrameSource
{
    private readonly string _path;
    private readonly TimeSpan _pictureTime;
    private readonly IImagingBackend _imaging;
    private readonly TimeProvider _clock;

    /// <param name="path">A folder or a picture.</param>
    /// <param name="pictureTime">How long each is shown.</param>
    /// <param name="imaging">Decodes them.</param>
    /// <param name="clock">Paces them.</param>
    public FolderSource(string path, TimeSpan pictureTime, IImagingBackend imaging, TimeProvider clock)
    {
        _path = path;
        _pictureTime = pictureTime;
        _imaging = imaging;
        _clock = clock;
    }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        while (true)
        {
            var shown = 0;
            string? fault = null;
            foreach (var file in List())
            {
                try
                {
                    sink.Publish(_imaging.Decode(await File.ReadAllBytesAsync(file, cancellationToken), ImageLimits.Default, sink.Pool, DecodedPixels.AsCoded));
                    shown++;
                }
                catch (Exception exception) when (exception is InvalidImageException or IOException or UnauthorizedAccessException)
                {
                    fault ??= $"{Path.GetFileName(file)}: {exception.Message}";
                    continue;
                }

                await Task.Delay(_pictureTime, _clock, cancellationToken);
            }

            if (shown == 0)
            {
                throw new CaptureException(fault is null ? $"{_path} holds no JPEG, PNG or WebP picture" : $"no picture can be read: {fault}");
            }
        }
    }

    private string[] List()
    {
        if (File.Exists(_path))
        {
            return [_path];
        }

        if (!Directory.Exists(_path))
        {
            throw new CaptureException($"there is no file or folder {_path}");
        }

        try
        {
            var files = Directory.GetFiles(_path).Where(PictureNames.IsReadable).ToArray();
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CaptureException($"the folder {_path} cannot be looked into: its owner must let this user read it", exception);
        }
    }
}
