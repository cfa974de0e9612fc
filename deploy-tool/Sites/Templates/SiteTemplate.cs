using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>What all sites are made of: sites/template/ holds the four files with working values, and parameters.yaml says in what sites differ.</summary>
internal sealed class SiteTemplate
{
    /// <summary>From the sites folder.</summary>
    public const string Folder = "template";

    private SiteTemplate(ParameterSet parameters, IReadOnlyList<TemplateFile> files)
    {
        Parameters = parameters;
        Files = files;
    }

    public ParameterSet Parameters { get; }

    public IReadOnlyList<TemplateFile> Files { get; }

    /// <summary>Whether a sites folder has a template, rather than sites written by hand.</summary>
    public static bool IsIn(ISiteSource source) => source.Read(ParameterFile.FilePath) is not null;

    /// <summary>Reads the template and notes its faults; null when there are any.</summary>
    public static SiteTemplate? TryRead(ISiteSource source, List<SourceFault> faults)
    {
        var before = faults.Count;
        var parameters = new ParameterSet(ParameterFile.Parse(source.Read(ParameterFile.FilePath) ?? [], faults));
        if (faults.Count > before)
        {
            return null;
        }

        var files = new List<TemplateFile>();
        foreach (var name in SiteFiles.All)
        {
            if (source.Read($"{Folder}/{name}") is not { } bytes)
            {
                faults.Add(new SourceFault($"{Folder}/{name}", new SourcePosition(0, 1, 1), "the template lacks the file", "restore it"));
            }
            else if (TemplateFile.TryRead(name, bytes, parameters, faults) is { } file)
            {
                files.Add(file);
            }
        }

        return faults.Count == before ? new SiteTemplate(parameters, files) : null;
    }
}
