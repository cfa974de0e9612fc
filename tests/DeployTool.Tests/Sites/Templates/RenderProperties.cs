using System.Text;
using CsCheck;
using FaceEdge.Deploy.Sites.Templates;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites.Templates;

/// <summary>Rendering, adopting and rendering again changes no byte, whatever the sites have.</summary>
public sealed class RenderProperties
{
    /// <summary>Sets of three sites that each property is tried with, each some fifty renderings.</summary>
    private const int Samples = 25;

    private static readonly string[] Environments = ["qa", "uat", "production"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char["ab {}'\"#:,&*!|>%@`-?[]\\é€~0"], 1, 20], Gen.Const("yes"), Gen.Const("0.5"), Gen.Const("2026-11-26"), Gen.Const("😀 {site}"), Gen.Const("null"), Gen.Const("- a"));

    private static readonly Gen<string> Label = Gen.OneOf(Gen.Const("canary"), Gen.Const("on"), Gen.Const("1"), Gen.Const("a.b-c"), Gen.Const(""));

    private static readonly Gen<Site> Sample = Gen.Select(
        Text, Gen.OneOf(Gen.Const(""), Gen.Const("face"), Gen.Const("eyes")), Gen.OneOf(Gen.Const(""), Gen.Const("#ffc0cb"), Gen.Const("pink")), Label, Gen.Int[0, 15], Gen.Bool,
        (title, mode, background, label, fragments, network) => new Site(title, mode, background, label, fragments, network));

    [Fact]
    public void Adopting_what_was_rendered_changes_no_byte_of_inventory_or_sites() => Sample.Array[3].Sample(samples =>
    {
        var source = Rendered(Inventory(samples));

        foreach (var (environment, bytes) in Adopted(source))
        {
            Assert.Equal(Encoding.UTF8.GetString(source.Read(PathOf(environment))!), Encoding.UTF8.GetString(bytes));
        }

        Assert.All(Render(source), file => Assert.True(file.IsCurrent));
    }, time: FuzzTime.Seconds(), iter: Samples);

    [Fact]
    public void An_inventory_that_was_lost_is_read_back_from_the_sites() => Sample.Array[3].Sample(samples =>
    {
        var source = Rendered(Inventory(samples));
        var lost = new EditedSource(source, Environments.ToDictionary(PathOf, _ => (byte[]?)"# lost\n"u8.ToArray(), StringComparer.Ordinal));

        var found = new EditedSource(lost, Adopted(lost).ToDictionary(one => PathOf(one.Key), one => (byte[]?)one.Value, StringComparer.Ordinal));

        Assert.All(Render(found), file => Assert.True(file.IsCurrent, Difference(file)));
    }, time: FuzzTime.Seconds(), iter: Samples);

    [Fact]
    public void A_template_made_of_copies_renders_them() => Sample.Array[3].Sample(samples =>
    {
        // Without what only some have: that becomes a fragment by hand.
        var source = Rendered(Inventory([.. samples.Index().Select(one => one.Item with { Fragments = 0, HasNetwork = false, Label = one.Index == 0 ? null : one.Item.Label })]));
        var copies = new EditedSource(source, source.List("template").Concat(source.List("inventory")).ToDictionary(path => path, _ => (byte[]?)null, StringComparer.Ordinal));
        var faults = new List<SourceFault>();

        var made = new TemplateDraft(copies, [.. Environments.Select(name => new Deploy.Sites.Site(name, name, "", name))]).Make(faults);

        Assert.Empty(faults);
        Assert.All(
            Render(new EditedSource(copies, made!.ToDictionary(one => one.Key, one => (byte[]?)one.Value, StringComparer.Ordinal))), file => Assert.True(file.IsCurrent, Difference(file)));
    }, time: FuzzTime.Seconds(), iter: Samples);

    /// <summary>The fleet's template with an inventory, and the sites rendered from them.</summary>
    private static EditedSource Rendered(Dictionary<string, byte[]?> inventory)
    {
        var files = Fleet.Sources().Concat(Fleet.Files()).ToDictionary(file => file.Path, file => (byte[]?)Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal);
        var source = new EditedSource(new EditedSource(TreeSource.Empty, files), inventory);
        var rendered = Render(source).ToDictionary(file => file.Path, file => (byte[]?)file.Bytes, StringComparer.Ordinal);
        return new EditedSource(source, rendered);
    }

    private static IReadOnlyList<RenderedFile> Render(ISiteSource source)
    {
        var faults = new List<SourceFault>();
        var renderer = SiteRenderer.TryRead(source, faults);
        var files = renderer?.Render(renderer.Inventory.Sites, faults) ?? [];
        Assert.Empty(faults);
        Assert.Equal(15, files.Count);
        return files;
    }

    private static Dictionary<string, byte[]> Adopted(ISiteSource source)
    {
        var faults = new List<SourceFault>();
        var template = SiteTemplate.TryRead(source, faults)!;
        var shared = Deploy.Sites.Templates.Inventory.Read(source, faults).Environments;
        var adoption = new SiteAdoption(template, source);
        var adopted = Environments.ToDictionary(name => name, name => adoption.Adopt(name, name, shared.GetValueOrDefault(name), faults)!, StringComparer.Ordinal);
        Assert.Empty(faults);
        return adopted;
    }

    private static string PathOf(string environment) => Deploy.Sites.Templates.Inventory.PathOf(environment, environment);

    private static string Difference(RenderedFile file) => $"{file.Path}: {LineDifference.First(file.Before, file.Bytes)}";

    private static Dictionary<string, byte[]?> Inventory(IReadOnlyList<Site> samples)
    {
        var inventory = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var (environment, sample) in Environments.Zip(samples))
        {
            var edit = new InventoryEdit(PathOf(environment), Encoding.UTF8.GetBytes($"# The site of {environment}.\nhost: edge-{environment}-{sample.Title.Length}\npool: 192.0.2.10-192.0.2.{20 + sample.Fragments}\n"));
            edit.Set("title", ComposedText.Escape(sample.Title));
            if (sample.Mode.Length > 0)
            {
                edit.Set("mode", sample.Mode);
            }

            if (sample.Background.Length > 0)
            {
                edit.Set("background", sample.Background);
            }

            if (sample.HasNetwork)
            {
                edit.Set("network", environment);
            }

            if (sample.Label is { } label)
            {
                edit.SetLabel("labels", "ring", label);
                edit.SetLabel("labels", "example.com/a", "b");
                edit.SetLabel("settings", "Detector__Threshold", "0.6");
            }

            foreach (var (index, name) in new[] { "control-plane", "gpu", "second-camera" }.Index().Where(one => (sample.Fragments & (1 << one.Index)) != 0))
            {
                edit.AddFragment(name);
            }

            inventory[PathOf(environment)] = edit.Bytes;
        }

        return inventory;
    }

    /// <summary>What one site has of its own.</summary>
    private sealed record Site(string Title, string Mode, string Background, string? Label, int Fragments, bool HasNetwork);
}
