using System.Security.Cryptography;
using System.Text;

namespace FaceEdge.Web.Security;

/// <summary>Compares keys that requests bring with the right one, in constant time; bears so many wrong ones from one address in a minute.</summary>
internal sealed class KeyVerifier : IDisposable
{
    private readonly byte[] _hash;

    private readonly AddressLimiter _wrongKeys;

    /// <param name="key">The right one.</param>
    /// <param name="wrongPerMinute">From one address.</param>
    public KeyVerifier(string key, int wrongPerMinute)
    {
        _hash = Hash(key);
        _wrongKeys = AddressLimiter.InWindows(wrongPerMinute);
    }

    public KeyVerdict Verify(HttpContext context, string given)
    {
        // Asked first: who has guessed too often learns nothing from a right guess.
        using var allowance = _wrongKeys.Acquire(context, permits: 0);
        if (!allowance.IsAcquired)
        {
            AddressLimits.TellWhen(context, allowance);
            return KeyVerdict.TooMany;
        }

        if (CryptographicOperations.FixedTimeEquals(Hash(given), _hash))
        {
            return KeyVerdict.Right;
        }

        _wrongKeys.Acquire(context).Dispose();
        return KeyVerdict.Wrong;
    }

    public void Dispose() => _wrongKeys.Dispose();

    /// <summary>Equal lengths for the comparison, which must not take longer for a better guess.</summary>
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
