namespace FaceEdge.Imaging;

/// <summary>Finds where a JPEG ends while its bytes still arrive, looking at each byte once: a thumbnail's markers inside a segment are passed over.</summary>
internal struct JpegEndFinder
{
    private const byte Prefix = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;

    /// <summary>Where the next marker is looked for.</summary>
    private int _position;

    /// <summary>Looks at what has arrived since the last call.</summary>
    /// <param name="jpeg">From the start-of-image marker on: the same bytes as before, and more.</param>
    /// <param name="length">Bytes of the picture: to behind its end marker, or to the next picture's beginning where it has none.</param>
    /// <returns>Whether the end is known.</returns>
    public bool TryFind(ReadOnlySpan<byte> jpeg, out int length)
    {
        _position = Math.Max(_position, 2);
        length = 0;
        while (_position < jpeg.Length)
        {
            var at = jpeg[_position..].IndexOf(Prefix);
            if (at < 0)
            {
                _position = jpeg.Length;
                return false;
            }

            _position += at;
            var code = jpeg[_position..].IndexOfAnyExcept(Prefix);
            if (code < 0)
            {
                return false;
            }

            var (marker, behind) = (jpeg[_position + code], _position + code + 1);
            switch (marker)
            {
                case EndOfImage:
                    length = behind;
                    return true;
                case StartOfImage:
                    length = behind - 2;
                    return true;
                case 0x00 or 0x01 or (>= 0xD0 and <= 0xD7):
                    _position = behind;
                    break;
                default:
                    if (behind + 2 > jpeg.Length)
                    {
                        return false;
                    }

                    _position = behind + Math.Max(2, (jpeg[behind] << 8) | jpeg[behind + 1]);
                    break;
            }
        }

        return false;
    }
}
