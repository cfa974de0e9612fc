using FaceEdge.Models;

namespace FaceEdge.Web.Api;

/// <summary>The model that runs.</summary>
internal sealed record ModelDto(string Name, string Family, string Sha256, string Licence)
{
    public static ModelDto From(ModelDescription model) => new(model.Name, model.Family, model.Sha256, model.Licence);
}
