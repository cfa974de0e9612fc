using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Deploy.Sites;

/// <summary>Consecutive addresses of one family, both ends included.</summary>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="First">The lowest address as a number.</param>
/// <param name="Last">The highest address as a number.</param>
internal readonly record struct AddressRange(AddressFamily Family, UInt128 First, UInt128 Last)
{
    /// <summary>Reads what MetalLB reads: <c>192.0.2.0/28</c> or <c>192.0.2.10-192.0.2.19</c>.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        return text.Split('-') switch
        {
            [var first, var last] => TryRange(first.Trim(), last.Trim(), out range),
            [var prefix] => TryPrefix(prefix.Trim(), out range),
            _ => false,
        };
    }

    public bool Overlaps(AddressRange other) => Family == other.Family && First <= other.Last && other.First <= Last;

    private static bool TryRange(string first, string last, out AddressRange range)
    {
        range = default;
        if (!TryAddress(first, out var low) || !TryAddress(last, out var high) || low.AddressFamily != high.AddressFamily)
        {
            return false;
        }

        range = new AddressRange(low.AddressFamily, Number(low), Number(high));
        return range.First <= range.Last;
    }

    private static bool TryPrefix(string prefix, out AddressRange range)
    {
        range = default;
        if (prefix.Split('/') is not [var address, var length] || !TryAddress(address, out var ip)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return false;
        }

        var width = ip.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (bits > width)
        {
            return false;
        }

        // A shift by the full width of the type would be a shift by none.
        var hosts = bits == width ? UInt128.Zero : UInt128.MaxValue >> (128 - (width - bits));
        range = new AddressRange(ip.AddressFamily, Number(ip) & ~hosts, Number(ip) | hosts);
        return true;
    }

    /// <summary>.NET also reads "1" and "0x7f.1" as addresses; MetalLB does not.</summary>
    private static bool TryAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var width = address.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;
        address.TryWriteBytes(bytes[(16 - width)..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
