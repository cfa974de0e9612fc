namespace FaceEdge.Streaming;

/// <summary>Some of the renditions.</summary>
/// <param name="Bits">One bit for each rendition, by its index.</param>
internal readonly record struct RenditionSet(uint Bits)
{
    public bool IsEmpty => Bits == 0;

    public static RenditionSet Of(Rendition rendition) => default(RenditionSet).With(rendition);

    public bool Contains(Rendition rendition) => (Bits & (1u << rendition.Index)) != 0;

    /// <summary>Whether any of the renditions of a width is in it.</summary>
    public bool HasWidth(int step) => (Bits & (((1u << Rendition.Qualities) - 1) << (step * Rendition.Qualities))) != 0;

    public RenditionSet With(Rendition rendition) => new(Bits | (1u << rendition.Index));
}
