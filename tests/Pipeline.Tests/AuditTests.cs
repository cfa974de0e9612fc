namespace FaceEdge.Pipeline.Tests;

public sealed class AuditTests
{
    [Theory]
    [InlineData("<NuGetAudit>true</NuGetAudit>")]
    [InlineData("<NuGetAuditMode>all</NuGetAuditMode>")]
    [InlineData("<NuGetAuditLevel>low</NuGetAuditLevel>")]
    [InlineData("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>")]
    public void A_known_vulnerability_of_any_severity_in_any_dependency_stops_the_build(string setting) =>
        Assert.Contains(setting, Repository.Read("Directory.Build.props"), StringComparison.Ordinal);

    [Fact]
    public void No_warning_of_the_audit_is_let_pass() =>
        Assert.DoesNotContain("NU19", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
}
