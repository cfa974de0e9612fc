using System.Text;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>Reads a YUV4MPEG2 stream picture by picture into a sink's frames.</summary>
internal sealed class Y4mReader
{
    private const int LongestLine = 256;

    private readonly Stream _stream;
    private readonly PlaneBuffer _planes;
    private readonly byte[] _line = new byte[LongestLine];
    private Y4mHeader? _header;

    /// <param name="stream">Blocking; stays the caller's.</param>
    /// <param name="planes">Not shared with another reader.</param>
    public Y4mReader(Stream stream, PlaneBuffer planes)
    {
        _stream = stream;
        _planes = planes;
    }

    /// <summary>Waits for one picture and publishes it if the sink wants it; false at the end of the stream.</summary>
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

        var planes = _planes.Of(header.FrameBytes);
        if (!ReadFrameMark() || _stream.ReadAtLeast(planes, planes.Length, throwOnEndOfStream: false) < planes.Length)
        {
            return false;
        }

        if (sink.WantsPicture())
        {
            var frame = sink.Pool.Rent(header.Width, header.Height);
            try
            {
                Yuv420.ToBgr(planes, header, frame.Pixels);
            }
            catch
            {
                frame.Dispose();
                throw;
            }

            sink.Publish(frame);
        }

        return true;
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
            : throw new CaptureException("ffmpeg's pictures cannot be told apart: a picture does not begin where it should");
    }

    /// <summary>Byte by byte: what follows the line feed is pixels.</summary>
    private string? ReadLine(int length)
    {
        while (true)
        {
            if (length == _line.Length)
            {
                throw new CaptureException("ffmpeg delivers no pictures");
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
