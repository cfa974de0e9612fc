using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites;

/// <summary>A remote and a clone that hold the fleet.</summary>
internal static class FleetRepository
{
    public static async Task<SitesRepository> CreateAsync(Func<string, string>? edit = null)
    {
        var repository = await SitesRepository.CreateAsync();
        foreach (var (path, text) in Fleet.Files())
        {
            repository.Write($"sites/{path}", edit is null ? text : edit(text));
        }

        await PublishAsync(repository);
        return repository;
    }

    /// <summary>The same with the template and the inventory that the fleet is rendered from.</summary>
    public static async Task<SitesRepository> CreateWithSourcesAsync()
    {
        var repository = await SitesRepository.CreateAsync();
        foreach (var (path, text) in Fleet.Files().Concat(Fleet.Sources()))
        {
            repository.Write($"sites/{path}", text);
        }

        await PublishAsync(repository);
        return repository;
    }

    private static async Task PublishAsync(SitesRepository repository)
    {
        await repository.CommitAsync("Take the fleet");
        await repository.GitAsync("push", "--quiet");
    }
}
