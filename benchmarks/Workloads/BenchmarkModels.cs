using FaceEdge.Models;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>Models by their catalogue name, from what is on this machine: nothing is downloaded in the midst of a measurement.</summary>
internal static class BenchmarkModels
{
    /// <param name="name">A name of the catalogue; null takes the service's default.</param>
    /// <exception cref="InvalidOperationException">No such model, or no copy of it on this machine.</exception>
    public static ModelFile Open(string? name)
    {
        var catalogue = ModelCatalogue.Load();
        var entry = name is null ? catalogue.Default : catalogue.Find(name)
            ?? throw new InvalidOperationException($"The catalogue has no model {name}; it has {catalogue.Names()}.");
        return ModelStore.FromEnvironment().Open(entry)
            ?? throw new InvalidOperationException(
                $"No copy of {entry.Name} on this machine: run face-detector models pull {entry.Name}, or set {ModelMirror.Variable} to a mirror folder.");
    }
}
