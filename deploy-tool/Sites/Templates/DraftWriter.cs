using System.Text;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>Writes the parameters that were found, and what each site has of its own, as people would write them.</summary>
/// <param name="drafts">The parameters.</param>
/// <param name="differences">What sites have more.</param>
internal sealed class DraftWriter(IReadOnlyList<DraftedParameter> drafts, SiteDifferences differences)
{
    /// <summary>The file of parameters.</summary>
    /// <param name="promoted">What promotion sets.</param>
    public string Parameters(IReadOnlyList<(string File, ScalarPlace Place)> promoted)
    {
        var text = new StringBuilder("# In what the sites differ, as they were found. docs/site-template.md describes every key.\nversion: 1\n\nparameters:\n");
        foreach (var draft in drafts)
        {
            var isRange = draft.Pattern is null && draft.Values.All(value => AddressRange.TryParse(value, out _));
            text.Append($"  - name: {draft.Name}\n    type: {(isRange ? "addressRange" : "text")}\n");
            if (draft.Pattern is { } pattern)
            {
                text.Append($"    default: {Written(pattern)}\n");
            }

            WritePlaces(text, draft.Places);
        }

        foreach (var (name, type, place) in differences.UsedMaps)
        {
            text.Append($"  - name: {name}\n    type: {char.ToLowerInvariant($"{type}"[0])}{$"{type}"[1..]}\n");
            WritePlaces(text, [(SiteFiles.FaceDetector, place)]);
        }

        if (promoted.Count > 0)
        {
            text.Append("  - name: image\n    type: text\n    owner: promotion\n");
            WritePlaces(text, promoted);
        }

        return drafts.Count + differences.UsedMaps.Count() + promoted.Count > 0 ? text.ToString() : text.Replace("parameters:\n", "parameters: []\n").ToString();
    }

    private static void WritePlaces(StringBuilder text, IEnumerable<(string File, ScalarPlace Place)> places)
    {
        text.Append("    sets:\n");
        foreach (var (file, place) in places)
        {
            text.Append($"      - file: {file}\n        document: {Written(place.Document.ToString())}\n        path: {Written(place.Path.ToString())}\n");
            if (place.Member is not null)
            {
                text.Append($"        member: {Written(place.Member.ToString())}\n");
            }
        }
    }

    /// <summary>What a site has of its own.</summary>
    /// <param name="site">The site.</param>
    /// <param name="number">Its place among the sites, from 0.</param>
    public string InventoryOf(Site site, int number)
    {
        var own = drafts.Where(draft => draft.Pattern is null).Select(draft => $"{draft.Name}: {Written(ComposedText.Escape(draft.Values[number]))}\n");
        var entries = SiteDifferences.Maps.SelectMany(map => differences.EntriesMore(site, map) is { } found
            ? found.Select(one => $"  {Written(one.Key)}: {Written(ComposedText.Escape(one.Value))}\n").Prepend($"{map.Name}:\n")
            : []);
        var text = string.Concat(own.Concat(entries));
        return text.Length > 0 ? text : $"# {site.RelativePath} has nothing of its own.\n";
    }

    private static string Written(string value) => ScalarWriter.Write(value, ScalarStyle.Plain);
}
