using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>Whole blocks that some sites need, such as a second camera: <c>template/fragments/NAME.yaml</c> lists what is added where.</summary>
/// <param name="Name">By which the inventory, or a parameter, brings it in.</param>
/// <param name="Additions">What is added.</param>
internal sealed record Fragment(string Name, IReadOnlyList<FragmentAddition> Additions)
{
    /// <summary>From the sites folder.</summary>
    public const string Folder = $"{SiteTemplate.Folder}/fragments";

    private const string Extension = ".yaml";
    private const string Remedy = "docs/site-template.md describes fragments";

    public static string PathOf(string name) => $"{Folder}/{name}{Extension}";

    /// <summary>Reads every fragment of a template, and every fault.</summary>
    public static IReadOnlyList<Fragment> ReadAll(ISiteSource source, List<SourceFault> faults)
    {
        var fragments = new List<Fragment>();
        foreach (var path in source.List(Folder))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (path != PathOf(name) || !SiteTree.IsFolderName(name))
            {
                faults.Add(new SourceFault(path, new SourcePosition(0, 1, 1), "a fragment is a file NAME.yaml of lower-case letters, digits and dashes", "rename it"));
                continue;
            }

            var found = new List<YamlFault>();
            fragments.Add(new Fragment(name, Parse(path, source.Read(path) ?? [], found)));
            faults.AddRange(found.Select(fault => new SourceFault(path, fault.Position, fault.Message, Remedy)));
        }

        return fragments;
    }

    private static List<FragmentAddition> Parse(string path, byte[] bytes, List<YamlFault> faults)
    {
        if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
        {
            faults.Add(fault);
            return [];
        }

        if (yaml.Documents is not [{ Root: YamlSequence list }])
        {
            faults.Add(new YamlFault(new SourcePosition(0, 1, 1), "the file must hold one list of what is added where"));
            return [];
        }

        return [.. list.Items.Select(item => ReadAddition(path, yaml, new YamlMappingReader(item, "", faults))).OfType<FragmentAddition>()];
    }

    private static FragmentAddition? ReadAddition(string file, YamlFile yaml, YamlMappingReader reader)
    {
        var place = reader.Node("path") is null ? ParameterPlace.ReadDocument(reader) : ParameterPlace.Read(reader);
        if (reader.Node("add") is not (YamlMapping { Flow: false } or YamlSequence { Flow: false }))
        {
            reader.Fault("add", "must be lines of a list or of a mapping");
            reader.Finish();
            return null;
        }

        var node = reader.Node("add")!;
        if (place?.Place.Path.Steps is [] && place.Place.Document is var document && (node.Text("kind"), (node as YamlMapping)?["metadata"]?.Text("name")) != (document.Kind, document.Name))
        {
            reader.Fault("add", $"must be the document {document} where no path says what of it is added to");
        }

        reader.Finish();
        return place is null ? null : new FragmentAddition(file, place, node, BlockEdit.LinesOf(yaml, node, out var line), line);
    }
}

/// <summary>What a fragment adds in one place.</summary>
/// <param name="Source">The fragment's file, from the sites folder.</param>
/// <param name="Place">The list or mapping at whose end it comes; a whole document comes at the end of the file.</param>
/// <param name="Node">The entries or items.</param>
/// <param name="Block">The same as lines of YAML, not indented.</param>
/// <param name="Line">The first of these lines in the fragment's file, from 1.</param>
internal sealed record FragmentAddition(string Source, ParameterPlace Place, YamlNode Node, string Block, int Line)
{
    public bool IsDocument => Place.Place.Path.Steps is [];
}
