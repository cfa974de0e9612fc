using System.Text;
using FaceEdge.Deploy.Rehearsal.Machine;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class PolicyFitTests
{
    [Fact]
    public void The_real_policy_keeps_its_gates_and_loses_what_one_machine_cannot_wait_for()
    {
        var (before, _) = PolicyFile.Parse(Encoding.UTF8.GetBytes(Repository.Read("sites/environments.yaml")));
        var (after, faults) = PolicyFile.Parse(PolicyFit.Apply(Encoding.UTF8.GetBytes(Repository.Read("sites/environments.yaml")), "localhost:5000/faceedge/face-detector"));

        Assert.Empty(faults);
        Assert.Equal("localhost:5000/faceedge/face-detector", after!.Image.Repository);
        Assert.All(after.Environments, environment => Assert.Empty(environment.Gates.Freezes));
        Assert.All(after.Environments.Where(environment => environment.Gates.Soak is not null), environment => Assert.Equal(TimeSpan.FromSeconds(1), environment.Gates.Soak));
        Assert.Equal(
            before!.Environments.Select(environment => environment.Gates with { Soak = null, Freezes = [], Approvals = null }),
            after.Environments.Select(environment => environment.Gates with { Soak = null, Freezes = [], Approvals = null }));
        Assert.Equal(before.Environments.Select(environment => environment.Gates.Approvals?.Count), after.Environments.Select(environment => environment.Gates.Approvals?.Count));
    }

    [Fact]
    public void Nothing_is_left_to_fit_the_second_time()
    {
        var once = PolicyFit.Apply(Encoding.UTF8.GetBytes(Repository.Read("sites/environments.yaml")), "localhost:5000/a");

        Assert.Equal(once, PolicyFit.Apply(once, "localhost:5000/a"));
    }

    /// <summary>QA has no gate but those: its key would be left without a value, which is no mapping.</summary>
    [Fact]
    public void A_quick_rehearsal_has_no_gates_on_the_image_and_keeps_the_others()
    {
        var (policy, faults) = PolicyFile.Parse(PolicyFit.Apply(Encoding.UTF8.GetBytes(Repository.Read("sites/environments.yaml")), "localhost:5000/a", isUngated: true));

        Assert.Empty(faults);
        Assert.All(policy!.Environments, environment => Assert.Null(environment.Gates.Latency));
        Assert.All(policy.Environments, environment => Assert.Null(environment.Gates.Accuracy));
        Assert.Equal([0, 1, 2], policy.Environments.Select(environment => environment.Gates.Approvals?.Count ?? 0));
    }
}
