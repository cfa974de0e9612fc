namespace FaceEdge.Web.Security;

/// <summary>What became of a key that a request brought.</summary>
internal enum KeyVerdict
{
    /// <summary>It is the key.</summary>
    Right,

    /// <summary>It is another one.</summary>
    Wrong,

    /// <summary>Too many wrong ones came from the address: this one was not looked at, and Retry-After is set.</summary>
    TooMany,
}
