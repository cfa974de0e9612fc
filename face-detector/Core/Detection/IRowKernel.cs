namespace FaceEdge.Detection;

/// <summary>
/// The inner loops of <see cref="Preprocessor"/>, <see cref="PlanePreprocessor"/> and <see cref="FrameScaler"/>; the vector ones and their scalar twins agree
/// to the last bit.
/// </summary>
internal interface IRowKernel
{
    /// <summary>Weighs rows of bytes into one row of floats, 0 to 255.</summary>
    /// <param name="rows">The first row; the others follow <paramref name="stride"/> bytes apart, as many as there are weights.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="weights">In 256ths, summing to 256.</param>
    /// <param name="resized">Receives <paramref name="length"/> floats.</param>
    /// <param name="length">Bytes of a row that count.</param>
    static abstract void ResizeVertical(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> resized, int length);

    /// <summary>Averages rows of bytes into one row of floats, 0 to 255.</summary>
    /// <param name="rows">The first row; the others follow <paramref name="stride"/> bytes apart.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="count">How many rows, 1 to 257: their sum fits an unsigned 16-bit number.</param>
    /// <param name="averaged">Receives <paramref name="length"/> floats.</param>
    /// <param name="length">Bytes of a row that count.</param>
    static abstract void Average(ReadOnlySpan<byte> rows, int stride, int count, Span<float> averaged, int length);

    /// <summary>Weighs neighbouring pixels of an interleaved row and separates the colours.</summary>
    /// <param name="row">Blue, green, red, blue, ...; at least 16 floats longer than its pixels.</param>
    /// <param name="taps">Which pixels make each target pixel.</param>
    /// <param name="blue">One float per target pixel; <paramref name="green"/> and <paramref name="red"/> are as long.</param>
    /// <param name="green">The green plane's row.</param>
    /// <param name="red">The red plane's row.</param>
    static abstract void ResizeHorizontal(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> blue, Span<float> green, Span<float> red);

    /// <summary>Averages squares of samples of one plane: what the two passes give where both shrink by the same 2 or 4, in one.</summary>
    /// <param name="rows">The first row of the squares; the others follow <paramref name="stride"/> bytes apart.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="side">Of a square, 2 or 4.</param>
    /// <param name="resized">One float per square, 0 to 255.</param>
    static abstract void AverageSquares(ReadOnlySpan<byte> rows, int stride, int side, Span<float> resized);

    /// <summary>Weighs neighbouring samples of one plane's row.</summary>
    /// <param name="row">At least 16 floats longer than its samples.</param>
    /// <param name="taps">Which samples make each target sample.</param>
    /// <param name="resized">One float per target sample.</param>
    static abstract void ResizePlane(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> resized);

    /// <summary>Makes colours of luma and chroma, each 0 to 255.</summary>
    /// <param name="luma">One float per pixel; the other rows are as long.</param>
    /// <param name="cb">The blue difference, around 128.</param>
    /// <param name="cr">The red difference, around 128.</param>
    /// <param name="matrix">What luma and chroma count.</param>
    /// <param name="blue">The blue plane's row.</param>
    /// <param name="green">The green plane's row.</param>
    /// <param name="red">The red plane's row.</param>
    static abstract void MixColours(
        ReadOnlySpan<float> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in ColourMatrix matrix, Span<float> blue, Span<float> green, Span<float> red);

    /// <summary>Rounds three planes of floats, 0 to 255, to interleaved bytes.</summary>
    /// <param name="blue">One float per pixel; <paramref name="green"/> and <paramref name="red"/> are as long.</param>
    /// <param name="green">The green plane's row.</param>
    /// <param name="red">The red plane's row.</param>
    /// <param name="row">Receives three bytes per pixel.</param>
    static abstract void Interleave(ReadOnlySpan<float> blue, ReadOnlySpan<float> green, ReadOnlySpan<float> red, Span<byte> row);

    /// <summary>Rounds samples, 0 to 255, to bytes.</summary>
    /// <param name="samples">Of one plane.</param>
    /// <param name="bytes">As long.</param>
    static abstract void Round(ReadOnlySpan<float> samples, Span<byte> bytes);
}
