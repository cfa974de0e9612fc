using System.Text.Json;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.Deploy.Tests.Sites;
using FaceEdge.Deploy.YamlEdit;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Commands;

public sealed class ConfigureTests
{
    private const string Manifest = "sites/qa/face-detector.yaml";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Configure_changes_the_settings_and_the_annotation_that_restarts_the_pods_and_no_other_byte(string newLine)
    {
        using var sites = await FleetRepository.CreateAsync(text => text.Replace("\n", newLine, StringComparison.Ordinal));
        await sites.GitAsync("config", "core.autocrlf", "false");
        var before = sites.Read(Manifest);

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", "Detector__Mode=eyes", "--set", "Page__Background=#ffc0cb", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        var after = await sites.RemoteFileAsync(Manifest);
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var changed = Enumerable.Range(0, old.Length).Where(line => old[line] != now[line]).Select(line => now[line].Trim()).ToList();
        Assert.Equal(old.Length, now.Length);
        Assert.Equal(3, changed.Count);
        Assert.Equal("Detector__Mode: 'eyes'", changed[0]);
        Assert.Equal("Page__Background: '#ffc0cb'", changed[1]);
        Assert.StartsWith("faceedge.dev/settings-sha256: ", changed[2], StringComparison.Ordinal);
        Assert.Empty(SiteValidator.Run(new SiteTree(Path.Combine(sites.Clone, "sites")), []).Findings);
    }

    [Fact]
    public async Task The_commit_records_what_was_configured()
    {
        using var sites = await FleetRepository.CreateAsync();

        await sites.RunAsync("configure", "--env", "uat", "--set", "Page__Title=Gesichter, Zürich", "--pipeline-run", "https://ci.example.com/7", "--quiet");

        Assert.Equal(
            """
            Configure uat: Page__Title=Gesichter, Zürich

            One site; pods restart with the new settings.

            [skip ci]

            Configured-Environment: uat
            Configured-Setting: Page__Title=Gesichter, Zürich
            Pipeline-Run: https://ci.example.com/7
            """,
            (await sites.RemoteMessageAsync()).Trim());
    }

    [Fact]
    public async Task A_dry_run_shows_the_diff_and_writes_nothing()
    {
        using var sites = await FleetRepository.CreateAsync();
        var commits = await sites.RemoteCommitsAsync();

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", "Detector__Mode=eyes", "--dry-run", "--quiet", "-o", "json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("dryRun", answer.GetProperty("outcome").GetString());
        Assert.Contains("+  Detector__Mode: 'eyes'", answer.GetProperty("diffs")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
        Assert.Contains("Detector__Mode: ''", sites.Read(Manifest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuring_what_is_so_already_does_nothing()
    {
        using var sites = await FleetRepository.CreateAsync();
        var commits = await sites.RemoteCommitsAsync();

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", $"Page__Title={Fleet.QaTitle}", "--quiet");

        Assert.Equal((0, $"qa has Page__Title={Fleet.QaTitle} already; nothing to do"), (run.Status, run.Output));
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
    }

    [Theory]
    [InlineData("Detector__Mode=nose", "Detector__Mode = 'nose': allowed is face or eyes")]
    [InlineData("Page__Background=pinkish", "allowed is a colour such as #ffc0cb")]
    [InlineData("Page__Titel=x", "'Page__Titel' is not a setting of the service; did you mean Page__Title?")]
    [InlineData("detector__mode=eyes", "'detector__mode' is not a setting of the service; did you mean Detector__Mode?")]
    [InlineData("Speed=x", "'Speed' is not a setting of the service; known are Capture__")]
    [InlineData("Api__Key=12345678", "'Api__Key' is a secret, which is made at the site and stands in no file")]
    [InlineData("Detector__Mode", "'Detector__Mode' is not KEY=VALUE")]
    [InlineData("Detector__Threshold=7", "Detector__Threshold = '7': allowed is a number from 0.05 to 0.99")]
    [InlineData("Cameras__door__Ulr=demo:", "'Cameras__door__Ulr' is not a setting of the service; did you mean Cameras__door__Url?")]
    [InlineData("Cameras__the door__Url=demo:", "'Cameras__the door__Url': a camera's name is letters, digits")]
    [InlineData("Cameras__door__Url=rtsp://ada:secret@door/1", "Cameras__door__Url = '***': allowed is an address without a user or a password")]
    public async Task A_setting_that_cannot_be_is_refused_and_nothing_is_written(string setting, string reason)
    {
        using var sites = await FleetRepository.CreateAsync();
        var commits = await sites.RemoteCommitsAsync();

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", setting, "--quiet");

        Assert.Equal(2, run.Status);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task A_setting_that_the_ConfigMap_lacks_is_added_in_its_place_and_nothing_else_changes(string newLine)
    {
        using var sites = await FleetRepository.CreateAsync(text => text.Replace("\n", newLine, StringComparison.Ordinal));
        await sites.GitAsync("config", "core.autocrlf", "false");
        var before = sites.Read(Manifest).Split('\n').ToList();

        var run = await sites.RunAsync(
            "configure", "--env", "qa", "--set", "Detector__Threshold=0.7", "--set", "Cameras__door__SnapshotSeconds=2", "--set", "Stream__MaxViewers=", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        var after = (await sites.RemoteFileAsync(Manifest)).Split('\n').ToList();
        var end = newLine[..^1];
        Assert.Equal(["  Cameras__door__SnapshotSeconds: '2'" + end, "  Detector__Threshold: '0.7'" + end], after.Except(before).Where(line => !line.Contains("sha256", StringComparison.Ordinal)));
        Assert.Equal(after.IndexOf("data:" + end) + 1, after.FindIndex(line => line.Contains("Cameras__door", StringComparison.Ordinal)));
        Assert.Equal(after.FindIndex(line => line.Contains("Detector__Mode:", StringComparison.Ordinal)) + 1, after.FindIndex(line => line.Contains("Detector__Threshold", StringComparison.Ordinal)));
        Assert.Equal(before.Count + 2, after.Count);
        Assert.Empty(SiteValidator.Run(new SiteTree(Path.Combine(sites.Clone, "sites")), []).Findings);
    }

    [Fact]
    public async Task A_setting_that_is_lacking_and_left_to_the_image_is_nothing_to_do()
    {
        using var sites = await FleetRepository.CreateAsync();

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", "Stream__MaxViewers=", "--quiet");

        Assert.Equal((0, "qa has Stream__MaxViewers= already; nothing to do"), (run.Status, run.Output));
    }

    [Fact]
    public async Task One_site_of_many_is_configured_alone()
    {
        using var sites = await FleetRepository.CreateAsync();
        sites.Write("sites/production/berlin-01/face-detector.yaml", sites.Read("sites/production/face-detector.yaml"));
        await sites.CommitAsync("Add a site");
        var other = sites.Read("sites/production/face-detector.yaml");

        var run = await sites.RunAsync("configure", "--env", "production", "--site", "berlin-01", "--set", "Site__Name=berlin-01", "--no-push", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        DetectorManifest.TryParse(File.ReadAllBytes(Path.Combine(sites.Clone, "sites/production/berlin-01/face-detector.yaml")), out var changed);
        Assert.Equal("berlin-01", changed.ReadSettings()["Site__Name"]);
        Assert.Equal(other, sites.Read("sites/production/face-detector.yaml"));
    }

    [Fact]
    public async Task Rendered_sites_are_configured_in_the_inventory_and_rendered_in_one_commit()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.RunAsync("site", "add", "berlin-01", "--env", "production", "--move-own", "paris-01", "--set", "pool=203.0.113.30-203.0.113.39", "--set", "mode=face", "--quiet");

        var all = await sites.RunAsync("configure", "--env", "production", "--set", "Detector__Mode=eyes", "--set", "Detector__Threshold=0.7", "--quiet");
        var one = await sites.RunAsync("configure", "--env", "production", "--site", "berlin-01", "--set", "title=Faces at {siteName}", "--set", "Detector__Threshold=0.6", "--quiet");

        Assert.Equal((0, ""), (all.Status, all.Error));
        Assert.Equal((0, ""), (one.Status, one.Error));
        Assert.Equal("stage: PRODUCTION\nmode: eyes\nsettings:\n  Detector__Threshold: '0.7'\n", await sites.RemoteFileAsync("sites/inventory/production.yaml"));
        Assert.Equal(
            "pool: 203.0.113.30-203.0.113.39\ntitle: 'Faces at {siteName}'\nsettings:\n  Detector__Threshold: '0.6'\n",
            await sites.RemoteFileAsync("sites/inventory/production/berlin-01.yaml"));
        var berlin = await sites.RemoteFileAsync("sites/production/berlin-01/face-detector.yaml");
        Assert.Contains("  Detector__Mode: 'eyes'\n  Detector__Threshold: '0.6'\n", berlin, StringComparison.Ordinal);
        Assert.Contains("  Page__Title: Faces at berlin-01\n", berlin, StringComparison.Ordinal);
        Assert.Contains("  Detector__Threshold: '0.7'\n", await sites.RemoteFileAsync("sites/production/paris-01/face-detector.yaml"), StringComparison.Ordinal);
        Assert.Contains("Configured-Setting: title=Faces at {siteName}", await sites.ParsedTrailersAsync(), StringComparison.Ordinal);
        Assert.Equal(new Invocation(0, "4 sites, 20 files: 0 errors, 0 warnings", ""), await sites.RunAsync("validate"));
        Assert.Equal(
            "production has Detector__Mode=eyes already; nothing to do",
            (await sites.RunAsync("configure", "--env", "production", "--set", "Detector__Mode=eyes", "--quiet")).Output);
    }

    [Theory]
    [InlineData("Site__Environment=x", 2, "error: Site__Environment follows from other parameters (environmentLabel): set those: environment")]
    [InlineData("Detector__Mode=nose", 2, "Detector__Mode = 'nose': allowed is face or eyes")]
    [InlineData("pool=nowhere", 2, "error: sites/inventory/qa/qa.yaml:3:7: pool = 'nowhere': allowed is a prefix")]
    [InlineData("hots=x", 2, "'hots' is not a setting of the service")]
    public async Task What_a_template_does_not_let_a_site_set_is_refused_and_nothing_is_written(string setting, int status, string reason)
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        var commits = await sites.RemoteCommitsAsync();

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", setting, "--quiet");

        Assert.Equal(status, run.Status);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task A_site_that_was_edited_by_hand_is_not_configured_over()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        sites.Write(Manifest, sites.Read(Manifest).Replace("Page__Title: Face detection - QA", "Page__Title: Mine", StringComparison.Ordinal));
        await sites.CommitAsync("Edit by hand");
        await sites.GitAsync("push", "--quiet");

        var run = await sites.RunAsync("configure", "--env", "qa", "--set", "Detector__Mode=eyes", "--quiet");

        Assert.Equal(1, run.Status);
        Assert.StartsWith("error: sites/qa/face-detector.yaml:25:1: 'Page__Title: Mine' was written by hand", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_cannot_be_edited_leave_the_manifest_as_it_was()
    {
        var bytes = "kind: ConfigMap\nmetadata: {name: face-detector}\ndata:\n  Detector__Mode: face\n  Page__Title: |\n    text\n"u8.ToArray();
        Assert.Null(DetectorManifest.TryParse(bytes, out var manifest));

        var edit = manifest.WithSettings([new SettingChange("Detector__Mode", "eyes"), new SettingChange("Page__Title", "other")]);

        Assert.Equal(ScalarEditOutcome.Unsupported, edit.Outcome);
        Assert.Same(bytes, edit.Bytes);
    }
}
