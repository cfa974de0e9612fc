// Writes the software bill of materials of a published face-detector, CycloneDX 1.6 JSON, to standard output:
// each NuGet package of its deps.json with version, SHA-512 and licence, and the native programs that the image adds.
//
// usage: dotnet run build/sbom.cs -- PUBLISH_DIR NATIVE_DIR amd64|arm64 VERSION
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);EnableGenerateDocumentationFile

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

if (args is not [var publish, var native, var architecture, var version] || architecture is not ("amd64" or "arm64"))
{
    Console.Error.WriteLine("usage: dotnet run build/sbom.cs -- PUBLISH_DIR NATIVE_DIR amd64|arm64 VERSION");
    return 2;
}

var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
    ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
var dependencies = JsonNode.Parse(File.ReadAllBytes(Path.Combine(publish, "face-detector.deps.json")))!;
var components = new JsonArray();
foreach (var (library, facts) in dependencies["libraries"]!.AsObject().OrderBy(library => library.Key, StringComparer.Ordinal))
{
    if ((string?)facts!["type"] == "package" && library.Split('/') is [var name, var packageVersion])
    {
        components.Add(Component(name, packageVersion, $"pkg:nuget/{name}@{packageVersion}", Licence(name, packageVersion), Hash((string?)facts["sha512"])));
    }
}

components.Add(DebianComponent("ffmpeg", "ffmpeg.VERSION", "LGPL-2.1-or-later"));
components.Add(DebianComponent("libturbojpeg0", "libturbojpeg.VERSION", "BSD-3-Clause AND IJG"));

var document = new JsonObject
{
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["version"] = 1,
    ["metadata"] = new JsonObject { ["component"] = Component("face-detector", version, $"pkg:generic/face-detector@{version}", null, null, "application") },
    ["components"] = components,
};
Console.WriteLine(document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
return 0;

// Built or taken from Debian's package of this name; the native stage leaves the version beside the file.
JsonObject DebianComponent(string name, string versionFile, string licence)
{
    var packageVersion = File.ReadAllText(Directory.EnumerateFiles(native, versionFile, SearchOption.AllDirectories).Single()).Trim();
    return Component(name, packageVersion, $"pkg:deb/debian/{name}@{Uri.EscapeDataString(packageVersion)}?arch={architecture}", licence, null);
}

static JsonObject Component(string name, string version, string purl, string? licence, string? sha512, string type = "library")
{
    var component = new JsonObject { ["type"] = type, ["bom-ref"] = purl, ["name"] = name, ["version"] = version, ["purl"] = purl };
    if (licence is not null)
    {
        component["licenses"] = new JsonArray(new JsonObject { ["expression"] = licence });
    }

    if (sha512 is not null)
    {
        component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = sha512 });
    }

    return component;
}

// deps.json has the hash as "sha512-" and base64; CycloneDX wants hexadecimal digits.
static string? Hash(string? value) =>
    value?.StartsWith("sha512-", StringComparison.Ordinal) == true ? Convert.ToHexStringLower(Convert.FromBase64String(value["sha512-".Length..])) : null;

string? Licence(string name, string packageVersion)
{
    var id = name.ToLowerInvariant();
    var nuspec = Path.Combine(packages, id, packageVersion.ToLowerInvariant(), $"{id}.nuspec");
    if (!File.Exists(nuspec))
    {
        return null;
    }

    var licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
    return (string?)licence?.Attribute("type") == "expression" ? licence.Value : null;
}
