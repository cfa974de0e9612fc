using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Tests.Sites.Validation;

/// <summary>Sites that promotion would not find, and copies that contradict each other.</summary>
public sealed class FleetRuleTests
{
    /// <summary>The rules that are tested here rather than by a broken copy of one file.</summary>
    public static IReadOnlyList<string> Covered { get; } = ["FE1008", "FE3016", "FE3017", "FE4008", "FE5006", "FE8001", "FE8002", "FE8003"];

    [Fact]
    public void A_folder_that_was_copied_and_not_adapted_contradicts_the_one_it_came_from()
    {
        using var folder = new SiteFolder();
        Copy(folder, "qa", "qa/second");
        Copy(folder, "qa", "qa/third");

        Assert.Equal(
            [
                "qa/second/configureHost.yaml:35:12: FE5006: the host name 'edge-qa-01.edge.example.com' is that of qa too",
                "qa/second/face-detector.yaml:27:15: FE3017: the name 'qa-lab' is that of qa too",
                "qa/second/metallb.yaml:57:7: FE4008: 192.0.2.10-192.0.2.19 overlaps 192.0.2.10-192.0.2.19 of qa, and so do 1 more of qa",
                "qa/second/telemetry.yaml:110:22: FE7002: Deployment/telemetry-agent: container telemetry-agent: SITE is 'qa', but the folder says 'second'",
                "qa/third/configureHost.yaml:35:12: FE5006: the host name 'edge-qa-01.edge.example.com' is that of qa too",
                "qa/third/face-detector.yaml:27:15: FE3017: the name 'qa-lab' is that of qa too",
                "qa/third/telemetry.yaml:110:22: FE7002: Deployment/telemetry-agent: container telemetry-agent: SITE is 'qa', but the folder says 'third'",
            ],
            Findings(folder, "qa"));
    }

    [Fact]
    public void Pools_of_one_network_may_not_overlap_and_pools_of_two_may()
    {
        using var folder = new SiteFolder();
        Copy(folder, "qa", "qa/second");
        Network(folder, "qa", "lab");
        Network(folder, "qa/second", "lab");
        var overlap = SiteValidator.Run(folder.Tree, ["qa"]).Findings.Single(one => one.Rule == "FE4008");
        Assert.Equal(Severity.Error, overlap.Severity);

        folder.Replace("qa/second/metallb.yaml", "faceedge.dev/network: lab", "faceedge.dev/network: hall");

        Assert.DoesNotContain(SiteValidator.Run(folder.Tree, ["qa"]).Findings, one => one.Rule == "FE4008");
    }

    [Fact]
    public void One_host_name_in_two_environments_is_a_contradiction_and_one_site_name_is_none()
    {
        using var folder = new SiteFolder();
        folder.Replace("uat/configureHost.yaml", "edge-uat-01", "edge-qa-01");
        folder.Replace("uat/face-detector.yaml", "Site__Name: uat-lab", "Site__Name: qa-lab");

        var rules = SiteValidator.Run(folder.Tree, []).Findings.Select(one => one.Rule).ToList();

        Assert.Contains("FE5006", rules);
        Assert.DoesNotContain("FE3017", rules);
    }

    [Fact]
    public void Folders_that_promotion_does_not_find_as_sites_are_named()
    {
        using var folder = new SiteFolder();
        Copy(folder, "qa", "qa/Berlin_01");
        Copy(folder, "qa", "qa/paris");
        Copy(folder, "qa", "qa/Paris");
        Copy(folder, "qa", "qa/group/deep");
        Copy(folder, "qa", "qa/half");
        File.Delete(folder.PathOf("qa/half/face-detector.yaml"));
        Directory.CreateSymbolicLink(folder.PathOf("qa/linked"), folder.PathOf("qa/paris"));
        File.Delete(folder.PathOf("qa/paris/vm.yaml"));
        File.CreateSymbolicLink(folder.PathOf("qa/paris/vm.yaml"), folder.PathOf("qa/vm.yaml"));

        Assert.Equal(
            [
                "qa/Berlin_01/face-detector.yaml:1:1: FE1008: 'Berlin_01' is no name of at most 63 lower-case letters, digits and dashes",
                "qa/Paris/face-detector.yaml:1:1: FE1008: 'Paris' is no name of at most 63 lower-case letters, digits and dashes",
                "qa/group/deep/face-detector.yaml:1:1: FE1008: a site is right below qa/, not two folders down",
                "qa/half/face-detector.yaml:1:1: FE1008: the folder holds manifests but no face-detector.yaml, so that it is no site",
                "qa/linked/face-detector.yaml:1:1: FE1008: the folder qa/linked is a symbolic link, which Git and promotion do not follow",
                "qa/paris/face-detector.yaml:1:1: FE1008: the folders Paris and paris differ in case alone, and are one on some machines",
                "qa/paris/vm.yaml:1:1: FE1008: the file is a symbolic link, which Git and promotion do not follow",
            ],
            Findings(folder, "qa").Where(one => one.Contains("FE1008", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sites_below_the_top_of_their_repository_are_not_where_promotion_looks()
    {
        using var folder = new SiteFolder();
        Directory.CreateDirectory(Path.Combine(folder.Repository, ".git"));
        Assert.DoesNotContain(Findings(folder, "qa"), one => one.Contains("FE1008", StringComparison.Ordinal));
        var below = Directory.CreateDirectory(Path.Combine(folder.Repository, "deploy"));
        Directory.Move(folder.PathOf(""), Path.Combine(below.FullName, "sites"));

        var found = SiteValidator.Run(new(Path.Combine(below.FullName, "sites")), ["qa"]).Findings.Single(one => one.Rule == "FE1008");

        Assert.Contains("and this one is further down", found.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Findings(SiteFolder folder, string environment) =>
        SiteValidator.Run(folder.Tree, [environment]).Findings.Select(one => one.ToString());

    private static void Network(SiteFolder folder, string site, string network) => folder.Replace(
        $"{site}/metallb.yaml", "  name: site\n  namespace: metallb-system\nspec:\n  addresses",
        $"  name: site\n  namespace: metallb-system\n  labels:\n    faceedge.dev/network: {network}\nspec:\n  addresses");

    private static void Copy(SiteFolder folder, string from, string to)
    {
        Directory.CreateDirectory(folder.PathOf(to));
        foreach (var file in Directory.EnumerateFiles(folder.PathOf(from)))
        {
            File.Copy(file, Path.Combine(folder.PathOf(to), Path.GetFileName(file)));
        }
    }
}
