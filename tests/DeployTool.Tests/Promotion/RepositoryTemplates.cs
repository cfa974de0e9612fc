using System.Collections.Concurrent;
using FaceEdge.Deploy.Tests.Promotion;

[assembly: AssemblyFixture(typeof(RepositoryTemplates))]

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>Repositories that git made once and tests copy: ten processes of git each would be a tenth of the suite's time. They go after the last test.</summary>
public sealed class RepositoryTemplates : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<SitesRepository>>> Made = new(StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var template in Made.Values)
        {
            if (template.Value.IsCompletedSuccessfully)
            {
                template.Value.Result.Dispose();
            }
        }
    }

    /// <summary>The template of this policy, made by the first test that asks for it.</summary>
    internal static Task<SitesRepository> GetAsync(string policy, Func<Task<SitesRepository>> make) => Made.GetOrAdd(policy, new Lazy<Task<SitesRepository>>(make)).Value;

    /// <summary>Copies a folder of repositories; what git wrote down of the folder's own place follows.</summary>
    internal static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories("*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, folder.FullName)));
        }

        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, file.FullName));
            if (file is { Name: "config", Directory.Name: ".git" })
            {
                File.WriteAllText(copy, File.ReadAllText(file.FullName).Replace(from.FullName, to.FullName, StringComparison.Ordinal));
            }
            else
            {
                file.CopyTo(copy);
            }
        }
    }
}
