namespace FaceEdge.Models;

/// <summary>What a search for a model came to.</summary>
/// <param name="Model">The model, or null.</param>
/// <param name="Missing">Without a model: one line for the page and the log that says what to do; else null.</param>
internal sealed record ModelLookup(ModelFile? Model, string? Missing)
{
    public static ModelLookup Found(ModelFile model) => new(model, null);

    public static ModelLookup None(string missing) => new(null, missing);
}
