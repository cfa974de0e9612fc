using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Whether a tag still names the digest that was promoted.</summary>
[JsonConverter(typeof(TagDriftConverter))]
internal enum TagDrift
{
    /// <summary>The registry was not asked, or there is no one pinned image to ask about.</summary>
    NotAsked,

    /// <summary>It does.</summary>
    None,

    /// <summary>The tag names other content now.</summary>
    Moved,

    /// <summary>The registry does not know the tag any more.</summary>
    TagGone,

    /// <summary>The registry gave no answer.</summary>
    RegistryAway,
}

/// <summary>In lower camel case.</summary>
internal sealed class TagDriftConverter() : JsonStringEnumConverter<TagDrift>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
