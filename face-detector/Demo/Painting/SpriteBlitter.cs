using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>
/// Lays a small picture over a large one, moved, scaled and tilted, with bilinear filtering. Skia does the same in 12 ns a pixel when it is
/// tilted; portraits are tilted in every frame.
/// </summary>
internal static class SpriteBlitter
{
    private const int FractionBits = 16;

    /// <param name="source">Premultiplied BGRA, rows packed, with a transparent rim one pixel wide.</param>
    /// <param name="sourceWidth">Pixels in a row of the source, at least 2.</param>
    /// <param name="target">Opaque BGRA, rows packed.</param>
    /// <param name="targetWidth">Pixels in a row of the target.</param>
    /// <param name="sourceToTarget">Affine, in pixels of both; a pixel's centre is at half.</param>
    public static void Draw(ReadOnlySpan<uint> source, int sourceWidth, Span<uint> target, int targetWidth, in SKMatrix sourceToTarget)
    {
        if (!sourceToTarget.TryInvert(out var back))
        {
            return;
        }

        var (sourceHeight, targetHeight) = (source.Length / sourceWidth, target.Length / targetWidth);
        var bounds = sourceToTarget.MapRect(new SKRect(0, 0, sourceWidth, sourceHeight));
        var top = Math.Max(0, (int)MathF.Floor(bounds.Top));
        var bottom = Math.Min(targetHeight, (int)MathF.Ceiling(bounds.Bottom));
        for (var y = top; y < bottom; y++)
        {
            // The row in the source's pixels: where it starts, and the first and last column whose four neighbours all lie in the source.
            var u = (back.ScaleX * 0.5f) + (back.SkewX * (y + 0.5f)) + back.TransX - 0.5f;
            var v = (back.SkewY * 0.5f) + (back.ScaleY * (y + 0.5f)) + back.TransY - 0.5f;
            var first = Math.Max(0f, MathF.Floor(bounds.Left));
            var last = MathF.Min(targetWidth - 1, MathF.Ceiling(bounds.Right));
            Narrow(u, back.ScaleX, sourceWidth - 1, ref first, ref last);
            Narrow(v, back.SkewY, sourceHeight - 1, ref first, ref last);
            var count = (int)last - (int)first + 1;
            if (count > 0)
            {
                u += back.ScaleX * (int)first;
                v += back.SkewY * (int)first;
                DrawRow(
                    source, sourceWidth, target.Slice((y * targetWidth) + (int)first, count), Fixed(u), Fixed(v), Fixed(back.ScaleX), Fixed(back.SkewY));
            }
        }
    }

    /// <summary>Narrows the columns to those where start + step × column lies in [0, limit), a hair inside it.</summary>
    private static void Narrow(float start, float step, float limit, ref float first, ref float last)
    {
        const float Hair = 1f / 64;
        var (low, high) = (Hair - start, limit - Hair - start);
        if (MathF.Abs(step) < 1e-6f)
        {
            last = low <= 0 && high >= 0 ? last : first - 1;
            return;
        }

        var (one, other) = (low / step, high / step);
        first = MathF.Max(first, MathF.Ceiling(MathF.Min(one, other)));
        last = MathF.Min(last, MathF.Floor(MathF.Max(one, other)));
    }

    private static int Fixed(float value) => (int)MathF.Round(value * (1 << FractionBits));

    private static void DrawRow(ReadOnlySpan<uint> source, int sourceWidth, Span<uint> row, int u, int v, int stepU, int stepV)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        var leftHalf = Vector128.Create(ulong.MaxValue, 0).AsUInt16();
        var upperToLower = Vector128.Create((ushort)4, 5, 6, 7, 4, 5, 6, 7);
        for (var x = 0; x < row.Length; x++, u += stepU, v += stepV)
        {
            ref var corner = ref Unsafe.Add(ref from, ((v >> FractionBits) * sourceWidth) + (u >> FractionBits));
            var upper = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<uint, byte>(ref corner));
            var lower = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<uint, byte>(ref Unsafe.Add(ref corner, sourceWidth)));
            if ((upper | lower) == 0)
            {
                continue;
            }

            var down = (ushort)((v >> 8) & 0xFF);
            var right = (ushort)((u >> 8) & 0xFF);
            var column = ((Widen(upper) * Vector128.Create((ushort)(256 - down))) + (Widen(lower) * Vector128.Create(down))) >>> 8;
            column *= Vector128.ConditionalSelect(leftHalf, Vector128.Create((ushort)(256 - right)), Vector128.Create(right));
            var color = (column + Vector128.Shuffle(column, upperToLower)) >>> 8;

            // Alpha is the fourth channel; what it leaves of the target shows through.
            var cover = color.GetElement(3);
            if (cover != byte.MaxValue)
            {
                color += (Widen(row[x]) * Vector128.Create((ushort)(256 - cover))) >>> 8;
            }

            row[x] = Vector128.Narrow(color, color).AsUInt32().ToScalar();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Widen(ulong pixels) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixels).AsByte());
}
