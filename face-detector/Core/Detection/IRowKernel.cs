namespace FaceEdge.Detection;

/// <summary>The two inner loops of the <see cref="Preprocessor"/>; the vector one and its plain twin agree to the last bit.</summary>
internal interface IRowKernel
{
    /// <summary>Weighs rows of bytes into one row of floats, 0 to 255.</summary>
    /// <param name="rows">The first row; the others follow <paramref name="stride"/> bytes apart, as many as there are weights.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="weights">In 256ths, summing to 256.</param>
    /// <param name="blended">Receives <paramref name="length"/> floats.</param>
    /// <param name="length">Bytes of a row that count.</param>
    static abstract void ResizeVertical(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> blended, int length);

    /// <summary>Averages rows of bytes into one row of floats, 0 to 255.</summary>
    /// <param name="rows">The first row; the others follow <paramref name="stride"/> bytes apart.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="count">How many rows, 1 to 257: their sum fits an unsigned 16-bit number.</param>
    /// <param name="averaged">Receives <paramref name="length"/> floats.</param>
    /// <param name="length">Bytes of a row that count.</param>
    static abstract void Average(ReadOnlySpan<byte> rows, int stride, int count, Span<float> averaged, int length);

    /// <summary>Weighs neighbouring pixels of an interleaved row and parts the colours.</summary>
    /// <param name="row">Blue, green, red, blue, ...; at least 16 floats longer than its pixels.</param>
    /// <param name="taps">Which pixels make each target pixel.</param>
    /// <param name="blue">One float per target pixel; <paramref name="green"/> and <paramref name="red"/> are as long.</param>
    /// <param name="green">The green plane's row.</param>
    /// <param name="red">The red plane's row.</param>
    static abstract void ResizeHorizontal(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> blue, Span<float> green, Span<float> red);
}
