using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>The name that Git gives to a file's content: a hash of the word blob, the length and the bytes (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).</summary>
internal static class BlobName
{
    private const int Sha1Digits = 2 * SHA1.HashSizeInBytes;
    private const int MaxHeader = 20;

    /// <param name="content">Of the file.</param>
    /// <param name="digits">How long the repository's names are: 40 hex digits, or 64 where it hashes with SHA-256.</param>
    public static string Of(ReadOnlySpan<byte> content, int digits)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(content.Length + MaxHeader);
        try
        {
            var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0"), bytes);
            content.CopyTo(bytes.AsSpan(header));
            var named = bytes.AsSpan(0, header + content.Length);
#pragma warning disable CA5350 // Git's own names: what they must withstand is Git's to say.
            return Convert.ToHexStringLower(digits == Sha1Digits ? SHA1.HashData(named) : SHA256.HashData(named));
#pragma warning restore CA5350
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
