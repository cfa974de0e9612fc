namespace FaceEdge.Deploy.Oci;

/// <summary>Why a registry, a login or a key could not be used.</summary>
public sealed class RegistryException : Exception
{
    private RegistryException(bool isUnavailable, string message, string remedy, Exception? inner)
        : base(message, inner)
    {
        IsUnavailable = isUnavailable;
        Remedy = remedy;
    }

    /// <summary>True when nothing was found out, so that trying again may help; false when what was given cannot be used.</summary>
    public bool IsUnavailable { get; }

    /// <summary>What to do about it: an imperative sentence without a full stop.</summary>
    public string Remedy { get; }

    /// <summary>A file, a key or a setting cannot be used.</summary>
    public static RegistryException Unusable(string message, string remedy, Exception? inner = null) => new(false, message, remedy, inner);

    /// <summary>The registry does not answer, or says something that decides nothing.</summary>
    public static RegistryException Unavailable(string message, string remedy, Exception? inner = null) => new(true, message, remedy, inner);
}
