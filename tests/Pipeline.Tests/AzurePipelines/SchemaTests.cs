namespace FaceEdge.Pipeline.Tests.AzurePipelines;

/// <summary>
/// azure-pipelines.yml against Microsoft's rules, as far as they can be checked without Azure DevOps: "YAML schema reference for Azure
/// Pipelines" (learn.microsoft.com/azure/devops/pipelines/yaml-schema), "Expressions", "Template usage", and the task reference.
/// </summary>
public sealed class SchemaTests
{
    private const string Main = PipelineCopy.File;
    private const string Build = "pipelines/build.yml";
    private const string Environment = "pipelines/environment.yml";
    private const string Prepare = "pipelines/prepare.yml";

    public static TheoryData<string, string> Runs => new()
    {
        { "agentName", "any" },
        { "agentName", "Ada's Mac" },
        { "rollback", "qa" },
        { "rollback", "uat" },
        { "rollback", "production" },
        { "imageEngine", "buildah" },
        { "latencyBase", "v1.4.0" },
    };

    /// <summary>File, text there, its replacement, and what is found then.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { Main, "trigger:", "triggers:", "a pipeline has no key 'triggers'" },
        { Main, "include: [main]", "include: main", "azure-pipelines.yml:12: 'main' is not a list" },
        { Main, "lockBehavior: sequential", "lockBehavior: queue", "'queue' is not sequential or runLatest" },
        { Main, "    type: number", "    type: integer", "'integer' is not string or number" },
        { Main, "values: [none, qa, uat, production]", "values: [qa, uat, production]", "the parameter 'rollback' is 'none'" },
        { Main, "after: approve_qa", "after: approve_q", "depends on the stage 'approve_q', which there is not" },
        { Main, "after: image", "after: approve_uat", "depends on itself" },
        { Main, "evidence: [latency, accuracy, qa]", "evidence: [latency, accuracy, production]", "no stage before update_uat publishes the artifact 'evidence-production'" },
        { Main, "          after: approve_uat\n", "", "the parameter 'after'" },
        { Main, "          inWaves: true", "          inWave: true", "inWave" },
        { Main, "inWaves: true", "inWaves: sometimes", "inWaves" },
        { Main, "soakUatMinutes\n    displayName: Minutes in UAT before anyone is asked\n    type: number\n    default: 4320", "soakUatMinutes\n    type: number\n    default: 43200", "the wait of 43200 minutes does not fit into its job" },
        { Main, "ne(parameters.rollback, 'none')", "ne(parameters.rollback, 'none'", "')' is missing at the end" },
        { Main, "ne(parameters.rollback, 'none')", "isnot(parameters.rollback, 'none')", "the function 'isnot' is not known here" },
        { Main, "template: pipelines/build.yml", "template: pipelines/built.yml", "there is no template pipelines/built.yml" },
        { Main, "    value: $(Pipeline.Workspace)", "    value: $(Pipelines.Workspace)", "$(Pipelines.Workspace) names no variable" },
        { Build, "  - stage: gates\n", "  - stage: build_test\n", "two stages 'build_test'" },
        { Build, "  - stage: gates\n", "  - stage: the-gates\n", "'the-gates' is not a name of letters, digits and underscores" },
        { Build, "displayName: Latency and accuracy", "displayname2: Latency and accuracy", "a stage has no key 'displayname2'" },
        { Build, "condition: and(succeeded(),", "condition: and(suceeded(),", "there is no function 'suceeded'" },
        { Build, "condition: and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'),", "condition: and(succeeded(), ne(variables['Build.Reason']),", "ne does not take 1 arguments" },
        { Build, "condition: and(succeeded(), ne(variables", "condition: and(succeeded(), ne(variable", "'variable' is not known in a condition" },
        { Build, "isSkippable: false", "isSkippable: never", "'never' is not true or false" },
        { Build, "timeoutInMinutes: 60", "timeoutInMinutes: an hour", "'an hour' is not a whole number" },
        { Build, "PublishTestResults@2", "PublishTestResults@9", "the task PublishTestResults@9 is not known" },
        { Build, "testResultsFormat: JUnit", "testResultsFormat: TRX", "testResultsFormat of PublishTestResults@2 is 'TRX'" },
        { Build, "              testResultsFiles: '*.xml'\n", "", "PublishTestResults@2 needs the input 'testResultsFiles'" },
        { Build, "mergeTestResults: true", "mergeResults: true", "PublishTestResults@2 has no input 'mergeResults'" },
        { Build, "- bash: pipelines/steps/build-and-test", "- bash: pipelines/steps/build-and-tests", "there is no script pipelines/steps/build-and-tests" },
        { Build, "- bash: pipelines/steps/build-and-test", "- bash: dotnet build && dotnet test", "is more than a call of one script" },
        { Build, "- bash: pipelines/steps/build-and-test", "- bash: pipelines/steps/lib.sh", "pipelines/steps/lib.sh may not be run" },
        { Build, "- bash: pipelines/steps/build-and-test", "- Bash@3: pipelines/steps/build-and-test", "a step begins with bash, script, task" },
        { Build, "DEPLOY_TOOL_REGISTRY_PASSWORD: $(registryPassword)", "DEPLOY_TOOL_REGISTRY_PASSWORD: hunter2", "must be a variable such as $(name)" },
        { Build, "dependsOn: latency", "dependsOn: latencies", "depends on the job 'latencies', which there is not" },
        { Environment, "      - deployment: update\n", "      - job: update\n", "a job has no key 'environment'" },
        { Environment, "        environment: faceedge-${{ parameters.environment }}\n", "", "a deployment job needs 'environment'" },
        { Environment, "            deploy:\n", "            deployment:\n", "runOnce has no key 'deployment'" },
        { Environment, "              failure:\n", "              failed:\n", "on has no key 'failed'" },
        { Environment, "            pool: server\n", "            pool: Default\n", "Delay@1 runs without an agent: its job needs 'pool: server'" },
        { Environment, "                timeoutInMinutes: ${{ parameters.holdMinutes }}\n", "", "a wait needs an end of its own" },
        { Environment, "onTimeout: reject", "onTimeout: approve", "onTimeout of ManualValidation@1 is 'approve'" },
        { Environment, "                  notifyUsers: ${{ parameters.approvers }}\n", "", "ManualValidation@1 needs the input 'notifyUsers'" },
        { Environment, "${{ each name in parameters.evidence }}", "${{ each name of parameters.evidence }}", "each is written ${{ each NAME in LIST }}" },
        { Environment, "${{ parameters.siteUrl }}", "${{ parameters.siteUrl }", "has no closing '}}'" },
        { Prepare, "fetchDepth: 0", "fetchDeep: 0", "a checkout has no key 'fetchDeep'" },
        { Prepare, "persistCredentials: ${{ parameters.pushes }}", "persistCredentials: often", "'often' is not true or false" },
        { Prepare, "- task: Cache@2\n", "- task: Cache\n", "the task Cache is not known" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_pipeline_keeps_the_rules_of_Azure_Pipelines(string parameter, string value)
    {
        using var copy = new PipelineCopy();

        Assert.Empty(copy.Findings((parameter, value)));
    }

    [Theory]
    [InlineData("faceedge-uat")]
    [InlineData("faceedge-production")]
    public void The_trial_of_an_approval_keeps_the_rules_of_Azure_Pipelines(string environment)
    {
        using var copy = new PipelineCopy();

        Assert.Empty(copy.FindingsOf("pipelines/try-approvals.yml", ("environment", environment)));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_copy_is_caught(string file, string text, string replacement, string finding)
    {
        using var copy = new PipelineCopy().With(file, text, replacement);

        Assert.Contains(copy.Findings(), one => one.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_script_is_caught()
    {
        using var copy = new PipelineCopy().Without("pipelines/steps/promote");

        Assert.Equal(2, copy.Findings().Count(finding => finding.EndsWith("there is no script pipelines/steps/promote", StringComparison.Ordinal)));
    }
}
