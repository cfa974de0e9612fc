using System.Runtime.CompilerServices;
using System.Text;
using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites.Validation;

/// <summary>
/// Manifests in the shapes that clusters have, those of Flux, MetalLB and the VM operator among them, each beside the four files of a site
/// of its own; Corpus/expected.txt holds what validation says about each, which for most is nothing.
/// </summary>
public sealed class ManifestCorpusTests
{
    [Fact]
    public void Each_shape_is_judged_as_a_cluster_judges_it()
    {
        var expected = File.ReadAllText(Path.Combine(Corpus(), "expected.txt"));

        Assert.Equal(expected, Describe(strict: false));
    }

    [Fact]
    public void What_cannot_be_judged_is_an_error_where_the_policy_is_strict()
    {
        var described = Describe(strict: true);

        Assert.Contains("certificate: 2:7: error FE2001", described, StringComparison.Ordinal);
        Assert.DoesNotContain("warning FE2001", described, StringComparison.Ordinal);
        Assert.DoesNotContain("warning FE2002", described, StringComparison.Ordinal);
    }

    private static string Describe(bool strict)
    {
        using var folder = new SiteFolder();
        if (strict)
        {
            folder.Replace("environments.yaml", "version: 1\n", "version: 1\nstrict: true\n");
        }

        var names = Directory.EnumerateFiles(Corpus(), "*.yaml").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            var site = Directory.CreateDirectory(folder.PathOf($"qa/{name}"));
            foreach (var (path, text) in Fleet.Files().Where(file => file.Path.StartsWith("qa/", StringComparison.Ordinal) && file.Path.Count(c => c == '/') == 1))
            {
                File.WriteAllText(Path.Combine(site.FullName, Path.GetFileName(path)), text);
            }

            File.Copy(Path.Combine(Corpus(), $"{name}.yaml"), Path.Combine(site.FullName, $"{name}.yaml"));
        }

        var findings = SiteValidator.Run(folder.Tree, ["qa"]).Findings.ToLookup(one => one.File);
        var described = new StringBuilder();
        foreach (var name in names)
        {
            var found = findings[$"qa/{name}/{name}.yaml"].ToList();
            described.Append(found.Count == 0 ? $"{name}: clean\n" : "");
            foreach (var one in found)
            {
                described.Append($"{name}: {one.Position}: {(one.Severity == Severity.Error ? "error" : "warning")} {one.Rule}: {one.Message}\n");
            }
        }

        return described.ToString();
    }

    private static string Corpus([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Corpus");
}
