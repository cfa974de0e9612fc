using System.Text;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Tests.Sites;

public sealed class PolicyFileTests
{
    private const string Head = "version: 1\nimage: {repository: registry.example.com/a/b, platforms: [linux/amd64, linux/arm64]}\nenvironments:\n";

    [Fact]
    public void A_full_policy_is_read_in_promotion_order()
    {
        var policy = Parse(Head + """
            - name: qa
              gates:
                latency: {maximumAge: 14d}
            - name: production
              gates:
                accuracy: {}
                siteCheck: {}
                soak: 1d12h
                approvals: {count: 2, from: [ada@example.com, grace@example.com, alan@example.com]}
                signature: {publicKey: keys/release.pub}
                freezes:
                - name: year end
                  from: 2026-12-18T18:00:00Z
                  to: 2027-01-04T06:00:00+01:00
                - name: weekend
                  weekly: {from: Fri 16:00, to: Mon 06:00, timeZone: Europe/Berlin}
            """);

        Assert.Equal(["qa", "production"], policy.Environments.Select(one => one.Name));
        Assert.Equal(TimeSpan.FromDays(14), policy.Environments[0].Gates.Latency!.MaximumAge);
        var gates = policy.Environments[1].Gates;
        Assert.Equal(TimeSpan.FromHours(36), gates.Soak);
        Assert.Equal(2, gates.Approvals!.Count);
        Assert.Equal("keys/release.pub", gates.Signature!.PublicKey);
        Assert.Equal(["year end", "weekend"], gates.Freezes.Select(one => one.Name));
        Assert.Equal("qa", policy.Before(policy.Find("production")!)!.Name);
        Assert.Null(policy.Before(policy.Find("qa")!));
        Assert.Equal(TelemetryPolicy.Default, policy.Telemetry);
    }

    [Fact]
    public void The_policy_says_where_the_telemetry_is_and_how_it_is_read() => Assert.Equal(
        new TelemetryPolicy("https://prometheus.example.com", TimeSpan.FromMinutes(15), TimeSpan.FromHours(2)),
        Parse(Head + "- name: qa\ntelemetry: {prometheus: https://prometheus.example.com, silentAfter: 15m, updateWithin: 2h}").Telemetry);

    [Theory]
    [InlineData("2026-11-20T14:59:00Z", null)]
    [InlineData("2026-11-20T15:00:00Z", "2026-11-23T05:00:00Z")]
    [InlineData("2026-11-22T12:00:00Z", "2026-11-23T05:00:00Z")]
    [InlineData("2026-11-23T05:00:00Z", null)]
    public void A_weekly_freeze_runs_over_the_end_of_the_week_in_its_own_time_zone(string now, string? until)
    {
        var freeze = Parse(Head + "- name: qa\n  gates:\n    freezes:\n    - {name: w, weekly: {from: Fri 16:00, to: Mon 06:00, timeZone: Europe/Berlin}}").Environments[0].Gates.Freezes[0];

        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until, null), freeze.FrozenUntil(DateTimeOffset.Parse(now, null)));
    }

    [Theory]
    [InlineData("- name: qa\n  gates: {latencey: {}}", "5:11: environments[0].gates.latencey is not known; known here: accuracy, approvals, freezes, latency, signature, siteCheck, soak, telemetry")]
    [InlineData("- name: qa\n- name: uat\n  gates: {soak: 4 hours}", "6:17: environments[1].gates.soak: '4 hours' must be a duration above zero such as 90m, 4h, 7d or 1d12h")]
    [InlineData("- name: QA", "4:9: environments[0].name: 'QA' must be lower-case letters, digits and dashes, since it is a folder's name too")]
    [InlineData("- name: qa\n  gates: {approvals: {count: 0}}", "5:30: environments[0].gates.approvals.count: '0' must be a whole number from 1 to 20")]
    [InlineData("- name: qa\n  gates: {approvals: {}}", "5:22: environments[0].gates.approvals.count is missing")]
    [InlineData("- name: qa\n  name: uat", "5:3: environments[0].name stands here twice")]
    [InlineData("- name: qa\n  gates: {soak: 1h}", "4:1: environments: 'qa' is the first environment, so no environment before it can give soak, siteCheck or telemetry")]
    [InlineData("- name: qa\n  gates: {freezes: [{name: f, from: 2026-01-01, to: 2026-01-02T00:00Z}]}", "5:37: environments[0].gates.freezes[0].from: '2026-01-01' must be a moment with its offset, such as 2026-12-18T18:00:00Z")]
    [InlineData("- name: qa\n  gates: {signature: {publicKey: ../../etc/key}}", "5:34: environments[0].gates.signature.publicKey: '../../etc/key' must be a file within the sites folder")]
    [InlineData("- name: qa\ntelemetry: {prometheus: 'https://ada:secret@prometheus.example.com'}", "5:25: telemetry.prometheus: must be an http address without a user in it, such as https://prometheus.example.com")]
    [InlineData("- name: qa\n- name: qa", "4:1: environments: 'qa' is named twice")]
    [InlineData("  []", "4:3: environments: name at least one environment, in promotion order")]
    [InlineData("- name: qa\nmayDiffer: [ConfigMap face-detector]", "5:12: mayDiffer: 'ConfigMap face-detector' must be kind/name and a path, such as ConfigMap/face-detector data.Site__Name")]
    [InlineData("- [", "4:3: this '[' is never closed")]
    public void A_fault_is_named_with_its_place_and_what_is_allowed(string environments, string expected)
    {
        var (policy, faults) = PolicyFile.Parse(Encoding.UTF8.GetBytes(Head + environments));

        Assert.Null(policy);
        Assert.Equal(expected, Assert.Single(faults).ToString());
    }

    [Fact]
    public void All_faults_are_gathered()
    {
        var (_, faults) = PolicyFile.Parse("version: 2\nimage: {repository: \"nginx:1\", platforms: [arm64]}\nenvironments: {}"u8);

        Assert.Equal(5, faults.Count);
    }

    private static DeliveryPolicy Parse(string text)
    {
        var (policy, faults) = PolicyFile.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Empty(faults);
        return policy!;
    }
}
