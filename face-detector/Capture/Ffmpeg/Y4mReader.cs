using System.Text;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>Reads a YUV4MPEG2 stream frame by frame, each straight into a frame of the sink's.</summary>
internal sealed class Y4mReader
{
    private const int LongestLine = 256;

    private readonly Stream _stream;
    private readonly byte[] _line = new byte[LongestLine];
    private Y4mHeader? _header;

    /// <param name="stream">Blocking; stays the caller's.</param>
    public Y4mReader(Stream stream) => _stream = stream;

    /// <summary>Waits for one frame and publishes it if the sink wants it; false at the end of the stream.</summary>
    /// <exception cref="CaptureException">Not a YUV4MPEG2 stream of 4:2:0.</exception>
    public bool ReadFrame(IFrameSink sink)
    {
        if (_header is not { } header)
        {
            if (ReadLine(0) is not { } first)
            {
                return false;
            }

            _header = header = Y4mHeader.Parse(first);
        }

        if (!ReadFrameMark())
        {
            return false;
        }

        var frame = sink.Pool.Rent(header.Layout);
        var published = false;
        try
        {
            if (_stream.ReadAtLeast(frame.Pixels, frame.ByteCount, throwOnEndOfStream: false) < frame.ByteCount)
            {
                return false;
            }

            if (sink.WantsFrame())
            {
                published = true;
                sink.Publish(frame);
            }

            return true;
        }
        finally
        {
            if (!published)
            {
                frame.Dispose();
            }
        }
    }

    /// <summary>"FRAME" and a line feed, with parameters between them that ffmpeg never writes but the format allows.</summary>
    private bool ReadFrameMark()
    {
        var mark = "FRAME\n"u8;
        var start = _line.AsSpan(0, mark.Length);
        if (_stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            return false;
        }

        if (start.SequenceEqual(mark))
        {
            return true;
        }

        return start.StartsWith("FRAME "u8)
            ? ReadLine(start.Length) is not null
            : throw new CaptureException("ffmpeg's frames cannot be told apart: a frame does not begin where it should");
    }

    /// <summary>Byte by byte: what follows the line feed is pixels.</summary>
    private string? ReadLine(int length)
    {
        while (true)
        {
            if (length == _line.Length)
            {
                throw new CaptureException("ffmpeg delivers no frames");
            }

            if (_stream.Read(_line.AsSpan(length, 1)) == 0)
            {
                return null;
            }

            if (_line[length] == '\n')
            {
                return Encoding.ASCII.GetString(_line, 0, length);
            }

            length++;
        }
    }
}
