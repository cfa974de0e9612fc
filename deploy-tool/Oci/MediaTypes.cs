namespace FaceEdge.Deploy.Oci;

/// <summary>The manifest media types of the OCI image specification and of Docker's schema 2.</summary>
public static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>
    /// What is asked for, in this order. Without the first two, or with <c>*/*</c>, a registry may answer with the amd64 manifest alone.
    /// </summary>
    public static readonly string[] Accepted = [OciIndex, DockerManifestList, OciManifest, DockerManifest];

    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerManifestList;

    public static bool IsSingleManifest(string mediaType) => mediaType is OciManifest or DockerManifest;
}
