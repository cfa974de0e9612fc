using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Oci;

/// <summary>Why a registry, a login or a key could not be used.</summary>
public sealed class RegistryException : ExplainedException
{
    private RegistryException(Failure failure, string message, string remedy, Exception? inner)
        : base(failure, message, remedy, inner)
    {
    }

    /// <summary>A file, a key or a setting cannot be used.</summary>
    public static RegistryException Unusable(string message, string remedy, Exception? inner = null) => new(Failure.Unusable, message, remedy, inner);

    /// <summary>The registry does not answer, or says something that decides nothing.</summary>
    public static RegistryException Unavailable(string message, string remedy, Exception? inner = null) => new(Failure.Unavailable, message, remedy, inner);
}
