using System.Text;
using FaceEdge.Deploy.AzureDevOps;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;

namespace FaceEdge.Deploy.Tests.AzureDevOps;

/// <summary>Answers as "Timeline - Get" and "Approvals - Query" of the Azure DevOps REST API 7.1 document them.</summary>
public sealed class ApproversTests
{
    private const string Timeline = """
        {"records":[
          {"id":"stage-qa","parentId":null,"type":"Stage","name":"Update QA","identifier":"update_qa","result":"succeeded"},
          {"id":"check-qa","parentId":"stage-qa","type":"Checkpoint","name":"Checkpoint"},
          {"id":"approval-qa","parentId":"check-qa","type":"Checkpoint.Approval","name":"Checkpoint.Approval"},
          {"id":"stage-uat","parentId":null,"type":"Stage","name":"Update UAT","identifier":"update_uat","result":null},
          {"id":"check-uat","parentId":"stage-uat","type":"Checkpoint","name":"Checkpoint"},
          {"id":"lock-uat","parentId":"check-uat","type":"Checkpoint.ExclusiveLock","name":"Checkpoint.ExclusiveLock"},
          {"id":"approval-uat","parentId":"check-uat","type":"Checkpoint.Approval","name":"Checkpoint.Approval"},
          {"id":"phase","parentId":"stage-uat","type":"Phase","name":"Update UAT","identifier":"update_uat.update"}],
         "lastChangedOn":"2026-11-23T20:00:00Z","id":"timeline","changeId":7}
        """;

    private const string Approvals = """
        {"count":1,"value":[{"id":"approval-uat","status":"approved","executionOrder":"anyOrder","minRequiredApprovers":2,"steps":[
          {"assignedApprover":{"displayName":"[FaceEdge]\\Owners"},"actualApprover":{"displayName":"Ada","uniqueName":"ada@example.com"},"status":"approved","order":1},
          {"assignedApprover":{"displayName":"Ben","uniqueName":"ben@example.com"},"actualApprover":{"displayName":"Ben","uniqueName":"ben@example.com"},"status":"approved","order":1},
          {"assignedApprover":{"displayName":"Cy","uniqueName":"cy@example.com"},"status":"skipped","order":1},
          {"assignedApprover":{"displayName":"Ada","uniqueName":"ada@example.com"},"actualApprover":{"displayName":"Ada","uniqueName":"ADA@example.com"},"status":"approved","order":1}]}]}
        """;

    [Fact]
    public async Task Those_who_approved_the_stage_are_named_once()
    {
        await using var service = Service();
        using var client = Client(service);

        Assert.Equal(["ada@example.com", "ben@example.com"], await client.ApproversAsync("update_uat", new Notes(), TestContext.Current.CancellationToken));
        Assert.Equal(
            [
                "GET /fabrikam/Face%20Edge/_apis/build/builds/42/timeline?api-version=7.1",
                "GET /fabrikam/Face%20Edge/_apis/pipelines/approvals?approvalIds=approval-uat&$expand=steps&api-version=7.1",
            ],
            service.Requests);
    }

    [Fact]
    public async Task A_stage_that_asked_for_no_approval_has_no_approvers_and_no_second_question()
    {
        await using var service = Service();
        using var client = Client(service);

        Assert.Empty(await client.ApproversAsync("update_production", new Notes(), TestContext.Current.CancellationToken));
        Assert.Single(service.Requests);
    }

    /// <summary>That a record of an approval has the type Checkpoint.Approval is not documented: what came instead is what one has to know.</summary>
    [Fact]
    public async Task A_stage_without_the_approval_that_was_looked_for_says_what_the_timeline_has_of_it()
    {
        await using var service = new RegistryFront(context => RegistryFront.Body(
            context, "application/json", Encoding.UTF8.GetBytes(Timeline.Replace("Checkpoint.Approval", "Checkpoint.Authorization", StringComparison.Ordinal))));
        using var client = Client(service);
        var notes = new Notes();

        Assert.Empty(await client.ApproversAsync("update_uat", notes, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["update_uat asked for no approval: the run's timeline has only Checkpoint, Checkpoint.Authorization, Checkpoint.ExclusiveLock, Phase of it"], notes.Lines);
    }

    [Theory]
    [InlineData(401, "", "Azure DevOps answers 401")]
    [InlineData(200, "<html>sign in</html>", "Azure DevOps cannot be asked")]
    public async Task What_is_no_answer_is_undecided(int status, string body, string why)
    {
        await using var service = new RegistryFront(context =>
        {
            RegistryFront.Status(context, status);
            return RegistryFront.Body(context, "application/json", Encoding.UTF8.GetBytes(body));
        });
        using var client = Client(service);

        var exception = await Assert.ThrowsAsync<DeployException>(() => client.ApproversAsync("update_uat", new Notes(), TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Undecided, exception.ExitCode);
        Assert.StartsWith(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_a_pipeline_the_command_says_what_is_missing()
    {
        var run = await Invocation.RunAsync("approvers", "--stage", "update_uat");

        Assert.Equal((2, "error: $SYSTEM_COLLECTIONURI is not set: run this as a step of Azure Pipelines"), (run.Status, run.Error));
    }

    private static RegistryFront Service() => new(context => RegistryFront.Body(
        context, "application/json", Encoding.UTF8.GetBytes(context.Request.Url!.AbsolutePath.EndsWith("/timeline", StringComparison.Ordinal) ? Timeline : Approvals)));

    private static AzureDevOpsClient Client(RegistryFront service) =>
        new(new PipelineRun(new Uri($"http://{service.Host}/fabrikam/Face%20Edge/_apis/"), "42", "token", null));

    private sealed class Notes : IProgress<string>
    {
        public List<string> Lines { get; } = [];

        public void Report(string value) => Lines.Add(value);
    }
}
