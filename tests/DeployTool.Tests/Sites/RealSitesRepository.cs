using FaceEdge.Deploy.Tests.Promotion;

namespace FaceEdge.Deploy.Tests.Sites;

/// <summary>A remote and a clone that hold this repository's own sites folder.</summary>
internal static class RealSitesRepository
{
    public static async Task<SitesRepository> CreateAsync(Func<string, string>? edit = null)
    {
        var repository = await SitesRepository.CreateAsync();
        foreach (var (path, text) in RealSites.Files())
        {
            repository.Write($"sites/{path}", edit is null ? text : edit(text));
        }

        await repository.CommitAsync("Take the real sites");
        await repository.GitAsync("push", "--quiet");
        return repository;
    }
}
