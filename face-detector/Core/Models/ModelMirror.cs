using System.Net;
using FaceEdge.Contracts;

namespace FaceEdge.Models;

/// <summary>A copy of the published model files, for machines that reach no public address: a folder, or an address that serves one.</summary>
internal sealed class ModelMirror
{
    public const string Variable = "FACEEDGE_MODEL_MIRROR";

    private readonly string? _folder;
    private readonly Uri? _address;

    private ModelMirror(string? folder, Uri? address, NetworkCredential? credentials = null)
    {
        _folder = folder;
        _address = address;
        Credentials = credentials;
    }

    /// <summary>The user and password that the address named, shown in no message; null without.</summary>
    public NetworkCredential? Credentials { get; }

    /// <param name="text">A folder, or an http or https address.</param>
    /// <exception cref="InvalidModelSourceException">Neither.</exception>
    public static ModelMirror Parse(string text)
    {
        text = SecretText.Strip(text);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            if (address.PathAndQuery.Contains('@', StringComparison.Ordinal))
            {
                // A password with a slash in it ends up in the path.
                throw new InvalidModelSourceException($"{Variable} holds an @ that may belong to a password; write %2F for a / in the password, and %40 for an @ in the path.");
            }

            var shown = address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
            return new ModelMirror(null, new Uri(shown.TrimEnd('/') + "/"), CredentialsOf(address));
        }

        return Directory.Exists(text)
            ? new ModelMirror(Path.GetFullPath(text), null)
            : throw new InvalidModelSourceException($"{Variable} is '{(SecretText.MeansAddress(text) ? SecretText.Mark : SecretText.Mask(text))}'; allowed: a folder that exists, or an http(s) address.");
    }

    /// <summary>What <c>FACEEDGE_MODEL_MIRROR</c> names; without it, a folder shared/models beside the repository the program runs from.</summary>
    public static ModelMirror? FromEnvironment()
        => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? Parse(text) : BesideRepository(AppContext.BaseDirectory);

    /// <summary>The path of the entry's file in a mirror folder; null when it is not there or the mirror is remote.</summary>
    public string? Find(CatalogueEntry entry)
        => _folder is not null && Path.Combine(_folder, entry.File) is var path && File.Exists(path) ? path : null;

    /// <summary>Where to download the entry from; null for a mirror folder.</summary>
    public Uri? Address(CatalogueEntry entry) => _address is null ? null : new Uri(_address, entry.File);

    public override string ToString() => _folder ?? SecretText.MaskParameters(_address!.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped), null);

    private static NetworkCredential? CredentialsOf(Uri address) => address.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest]
        ? new NetworkCredential(Uri.UnescapeDataString(user), rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : "")
        : null;

    internal static ModelMirror? BesideRepository(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FaceEdge.sln")))
            {
                var mirror = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "models");
                return Directory.Exists(mirror) ? new ModelMirror(mirror, null) : null;
            }
        }

        return null;
    }
}
