using System.Text;
using CsCheck;
using FaceEdge.Deploy.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites;

/// <summary>
/// Damaged environments.yaml and rollout.yaml: each is read, or refused with faults that stand within the file; never an exception.
/// DEPLOY_TOOL_FUZZ_SECONDS says for how long (a hundred files if not set); the counts go to the test's output.
/// </summary>
public sealed class PolicyFuzz
{
    private const string Rollout = """
        version: 1
        rollouts:
          - environment: production
            checkedPercent: 90
            maximumAge: 2d
            waves:
              - { name: canary, labels: [ring=canary, a=b] }
              - { name: first, percent: 1 }
              - name: all
                percent: 100
        """;

    private const string Gates = """
        version: 1
        image: {repository: registry.example.com/faceedge/face-detector, platforms: [linux/amd64, linux/arm64]}
        environments:
          - name: qa
            gates:
              latency: {maximumAge: 14d}
              signature: {publicKey: keys/release.pub}
              approvals: {count: 2, from: [ada, grace]}
              freezes:
                - name: weekend
                  weekly: { from: Fri 15:00, to: Mon 06:00, timeZone: Europe/Berlin }
                - {name: year end, from: 2026-12-18T18:00:00Z, to: 2027-01-04T06:00+01:00}
          - name: uat
            gates: {soak: 4h, siteCheck: {}}
        mayDiffer: [ConfigMap/face-detector data.Site__Name]
        """;

    private static readonly Gen<string> Original = Gen.OneOf(Rollout, Gates, Fleet.Policy);

    private static readonly Gen<string> Fragment = Gen.OneOf(
        "\n", "\r\n", "\t", " ", ": ", ":", " #", "'", "\"", "\\", "[", "]", "{", "}", ",", "&a ", "*a", "<<: *a", "!!str ", "|\n", "\n---\n", "- ", "? ", "~", "null", "\0", "\uFEFF", "é", "99999999999999999999",
        "-1", "0", "1e9", "yes", "9999d", "25:00", "0001-01-01T00:00Z", "9999-12-31T23:59:59+14:00", "../x", "a=b", "=", "100", "kind", "name: qa", "version: 1\n", "Asia/Nowhere");

    [Fact]
    public void A_damaged_policy_is_read_or_refused_with_places_in_it()
    {
        var (read, refused) = (0L, 0L);
        var damage = Gen.Select(Gen.Double[0, 1], Gen.Int[0, 6], Fragment);
        Gen.Select(Original, damage.Array[0, 3]).Sample(
            (original, damages) =>
            {
                var bytes = Encoding.UTF8.GetBytes(damages.Aggregate(original, Damage));
                var (policy, faults) = PolicyFile.Parse(bytes);
                var (_, waves) = RolloutFile.Parse(bytes, policy);
                Assert.True(policy is null == faults.Count > 0);
                Assert.All(faults.Concat(waves), fault =>
                {
                    Assert.True(fault.Position is { Line: >= 1, Column: >= 1 } && fault.Position.Offset <= bytes.Length);
                    Assert.NotEqual("", fault.Message);
                });

                // What is read can be used, at any moment.
                foreach (var freeze in policy?.Environments.SelectMany(environment => environment.Gates.Freezes) ?? [])
                {
                    _ = freeze.FrozenUntil(new DateTimeOffset(2026, 11, 20, 16, 0, 0, TimeSpan.Zero));
                }

                Interlocked.Increment(ref policy is null ? ref refused : ref read);
            },
            time: FuzzTime.Seconds());
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} read, {refused} refused");
    }

    private static string Damage(string text, (double Place, int Deleted, string Inserted) damage)
    {
        var at = (int)(damage.Place * text.Length);
        return text[..at] + damage.Inserted + text[Math.Min(text.Length, at + damage.Deleted)..];
    }
}
