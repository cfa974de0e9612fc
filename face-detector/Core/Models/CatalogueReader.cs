using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FaceEdge.Models;

/// <summary>Reads a catalogue strictly: an unknown key, a missing one, or a value out of range is an error that says file and line.</summary>
internal sealed class CatalogueReader
{
    private readonly string _file;

    private CatalogueReader(string file) => _file = file;

    /// <param name="text">The YAML.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="InvalidCatalogueException">Anything is invalid.</exception>
    public static ModelCatalogue Read(TextReader text, string file)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(text);
        }
        catch (YamlException exception)
        {
            throw new InvalidCatalogueException($"{file}:{exception.Start.Line}: not valid YAML: {exception.Message}", exception);
        }

        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What YamlDotNet throws for some damages, from its scanner and from its tree.
            throw new InvalidCatalogueException($"{file}:1: not valid YAML.", exception);
        }

        return yaml.Documents is [{ RootNode: var root }]
            ? new CatalogueReader(file).Catalogue(root)
            : throw new InvalidCatalogueException($"{file}:1: expected one YAML document, found {yaml.Documents.Count}.");
    }

    private ModelCatalogue Catalogue(YamlNode root)
    {
        var map = new CatalogueMap(_file, root, ["default", "models"]);
        if (map.Required("models") is not YamlSequenceNode list || list.Children.Count == 0)
        {
            throw map.Fault("models", "expected a list of at least one model");
        }

        var entries = new List<CatalogueEntry>();
        foreach (var node in list.Children)
        {
            var entry = Entry(new CatalogueMap(_file, node, ["name", "family", "file", "url", "sha256", "size", "licence", "input", "thresholds"]));
            if (entries.Exists(other => other.Name == entry.Name))
            {
                throw new InvalidCatalogueException($"{_file}:{node.Start.Line}: the name '{entry.Name}' is taken by a model above.");
            }

            entries.Add(entry);
        }

        var name = map.Text("default");
        return new ModelCatalogue(
            entries,
            entries.Find(entry => entry.Name == name)
                ?? throw map.Fault("default", $"'{name}' is none of the models: {string.Join(", ", entries.Select(entry => entry.Name))}"));
    }

    private CatalogueEntry Entry(CatalogueMap map)
    {
        var thresholds = new CatalogueMap(_file, map.Required("thresholds"), ["score", "overlap"]);
        var description = new ModelDescription(
            map.Text("name", text => text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "lower-case letters, digits and hyphens"),
            map.Text("family"),
            map.Text("sha256", text => text.Length == 64 && text.All(char.IsAsciiHexDigitLower), "64 lower-case hexadecimal digits"),
            Size(map),
            map.Text("licence"),
            Share(thresholds, "score"),
            Share(thresholds, "overlap"));
        return new CatalogueEntry(
            description,
            map.Text("file", text => Path.GetFileName(text) == text, "a file name without a folder"),
            map.Has("url") ? Url(map) : null,
            Input(map));
    }

    private static Uri Url(CatalogueMap map)
    {
        var text = map.Text("url");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url
            : throw map.Fault("url", $"expected an https address, found '{text}'");
    }

    private static long Size(CatalogueMap map)
    {
        var text = map.Text("size");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw map.Fault("size", $"expected a number of bytes above 0, found '{text}'");
    }

    private static float Share(CatalogueMap map, string key)
    {
        var text = map.Text(key);
        return float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1
            ? share
            : throw map.Fault(key, $"expected a number between 0 and 1, found '{text}'");
    }

    private static InputShape? Input(CatalogueMap map)
    {
        var text = map.Text("input");
        if (text == "dynamic")
        {
            return null;
        }

        var sides = text.Split('x');
        return sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height
            ? new InputShape(width, height)
            : throw map.Fault("input", $"expected dynamic or WIDTHxHEIGHT in multiples of {InputShape.Grain}, found '{text}'");
    }

    private static int? Side(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0 && side % InputShape.Grain == 0 ? side : null;
}
