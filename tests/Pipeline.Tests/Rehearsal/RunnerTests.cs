using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Running;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class RunnerTests
{
    [Fact]
    public async Task Steps_get_variables_their_own_env_and_secrets_only_through_it()
    {
        using var run = new PipelineRun();

        var outcome = await run.RunAsync("""
            variables:
              greeting: hello $(who)
              who: $[ coalesce(variables['nobody'], 'world') ]
            steps:
              - bash: |
                  echo "$GREETING / $(greeting) / $(nothing) / ${SYSTEM_ACCESSTOKEN:-none} / $TOKEN / $BUILD_BUILDID"
                displayName: Say
                env:
                  TOKEN: $(System.AccessToken)
            """);

        Assert.Equal("__default: Succeeded", outcome);

        // $(nothing) is no variable, so that the shell gets it, and finds no such command.
        Assert.Contains("hello world / hello world /  / none / *** / 7", run.LogOf("Say"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_step_is_reported_in_one_line_and_stops_what_depends_on_it()
    {
        using var run = new PipelineRun();

        var outcome = await run.RunAsync("""
            stages:
              - stage: build
                jobs:
                  - job: one
                    steps:
                      - bash: 'echo "all is well"; echo "error: the disk is full" >&2; exit 3'
                        displayName: Fill the disk
                      - bash: echo never
                        displayName: Not this
                      - bash: echo always
                        displayName: But this
                        condition: always()
                      - bash: echo failed
                        displayName: And this
                        condition: failed()
              - stage: next
                jobs: [{ job: one, steps: [{ bash: 'true' }] }]
              - stage: report
                dependsOn: build
                condition: failed('build')
                jobs: [{ job: one, steps: [{ bash: 'true' }] }]
            """);

        Assert.Equal(
            """
            build: Failed: Fill the disk: the disk is full (exit code 3)
            next: Skipped: what it depends on did not succeed
            report: Succeeded
            """,
            outcome);
        Assert.Equal(
            ["Checkout: Succeeded", "Fill the disk: Failed", "Not this: Skipped", "But this: Succeeded", "And this: Succeeded"],
            run.Stages[0].Jobs[0].Steps.Select(step => $"{step.Name}: {step.Outcome}"));
    }

    [Fact]
    public async Task Outputs_reach_later_steps_jobs_and_stages()
    {
        using var run = new PipelineRun();

        var outcome = await run.RunAsync("""
            stages:
              - stage: a
                jobs:
                  - job: make
                    steps:
                      - bash: |
                          echo "##vso[task.setvariable variable=colour;isOutput=true]pink"
                          echo "##vso[task.setvariable variable=plain]grey"
                        name: pick
                      - bash: echo "$(plain) $(pick.colour)"
                        displayName: Same job
                  - job: use
                    dependsOn: make
                    variables:
                      colour: $[ dependencies.make.outputs['pick.colour'] ]
                    steps:
                      - bash: echo "$COLOUR"
                        displayName: Next job
                  - deployment: ship
                    environment: site
                    strategy:
                      runOnce:
                        deploy:
                          steps:
                            - bash: echo "##vso[task.setvariable variable=digest;isOutput=true]sha256:1"
                              name: push
              - stage: b
                condition: and(succeeded(), eq(dependencies.a.outputs['make.pick.colour'], 'pink'))
                jobs:
                  - job: read
                    variables:
                      colour: $[ stageDependencies.a.make.outputs['pick.colour'] ]
                      digest: $[ stageDependencies.a.ship.outputs['ship.push.digest'] ]
                    steps:
                      - bash: echo "$COLOUR $DIGEST"
                        displayName: Next stage
              - stage: c
                dependsOn: a
                condition: eq(dependencies.a.outputs['make.pick.colour'], 'blue')
                jobs: [{ job: one, steps: [{ bash: 'true' }] }]
            """);

        Assert.Equal(
            """
            a: Succeeded
            b: Succeeded
            c: Skipped: its condition is false: eq(dependencies.a.outputs['make.pick.colour'], 'blue')
            """,
            outcome);
        Assert.Equal("grey pink\n", run.LogOf("Same job"));
        Assert.Equal("pink\n", run.LogOf("Next job"));
        Assert.Equal("pink sha256:1\n", run.LogOf("Next stage"));
    }

    [Fact]
    public async Task A_failed_deployment_runs_its_failure_hook_and_stays_failed()
    {
        using var run = new PipelineRun();

        var outcome = await run.RunAsync("""
            jobs:
              - deployment: update
                environment: qa
                strategy:
                  runOnce:
                    deploy:
                      steps:
                        - bash: 'echo "##vso[task.logissue type=error]the site is not well"; exit 1'
                          displayName: Check
                    on:
                      failure:
                        steps: [{ bash: echo back, displayName: Roll back }]
                      success:
                        steps: [{ bash: echo fine, displayName: Rejoice }]
            """);

        Assert.Equal("__default: Failed: Check: the site is not well (exit code 1)", outcome);
        Assert.Equal(["Check: Failed", "Roll back: Succeeded"], run.Stages[0].Jobs[0].Steps.Select(step => $"{step.Name}: {step.Outcome}"));
    }

    [Fact]
    public async Task A_step_may_fail_retry_time_out_or_declare_its_own_result()
    {
        using var run = new PipelineRun();

        var outcome = await run.RunAsync("""
            stages:
              - stage: allowed
                jobs: [{ job: a, steps: [{ bash: exit 1, continueOnError: true }, { bash: echo on, displayName: On }] }]
              - stage: retried
                jobs:
                  - job: a
                    steps:
                      - bash: test -e "$(Pipeline.Workspace)/once" || { touch "$(Pipeline.Workspace)/once"; exit 1; }
                        retryCountOnTaskFailure: 1
              - stage: declared
                jobs: [{ job: a, steps: [{ bash: 'echo "##vso[task.complete result=Failed;]no reason"', displayName: Say no }] }]
              - stage: loud
                dependsOn: []
                jobs: [{ job: a, steps: [{ bash: echo oh >&2, failOnStderr: true, displayName: Cry }] }]
            """);

        Assert.Equal(
            """
            allowed: SucceededWithIssues
            retried: Succeeded
            declared: Failed: Say no: no reason
            loud: Failed: Cry: oh (standard error was written to)
            """,
            outcome);
    }

    [Fact]
    public async Task What_a_step_leaves_running_ends_with_its_job()
    {
        using var run = new PipelineRun();

        await run.RunAsync("""
            steps:
              - bash: |
                  setsid sleep 600 >/dev/null 2>&1 &
                  until grep -q ^sleep /proc/$!/cmdline; do sleep 0.01; done
                  echo $!
                displayName: Leave
            """);

        var id = int.Parse(run.LogOf("Leave").Trim(), System.Globalization.CultureInfo.InvariantCulture);
        // It is killed; how soon it is gone is the machine's business.
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(id), TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task Artifacts_go_from_job_to_job_and_a_name_is_published_once()
    {
        using var run = new PipelineRun();

        var outcome = await run.RunAsync("""
            stages:
              - stage: make
                jobs:
                  - job: a
                    steps:
                      - bash: mkdir -p "$(Build.ArtifactStagingDirectory)/image" && echo one > "$(Build.ArtifactStagingDirectory)/image/image.txt"
                      - publish: $(Build.ArtifactStagingDirectory)/image
                        artifact: image
              - stage: use
                jobs:
                  - deployment: a
                    environment: qa
                    strategy: { runOnce: { deploy: { steps: [{ bash: cat "$(Pipeline.Workspace)/image/image.txt", displayName: Read }] } } }
              - stage: again
                jobs:
                  - job: a
                    steps:
                      - bash: echo x > "$(Build.ArtifactStagingDirectory)/x"
                      - publish: $(Build.ArtifactStagingDirectory)
                        artifact: image
                        displayName: Publish again
            """);

        Assert.Equal("make: Succeeded\nuse: Succeeded\nagain: Failed: Publish again: the artifact image is published already in this run", outcome);
        Assert.Equal("one\n", run.LogOf("Read"));
    }

    [Fact]
    public async Task Test_results_are_counted_and_kept()
    {
        using var run = new PipelineRun();
        run.With("results/a.xml", "<testsuite><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite>");

        var outcome = await run.RunAsync("""
            steps:
              - checkout: self
              - task: PublishTestResults@2
                displayName: Publish
                inputs: { testResultsFormat: JUnit, testResultsFiles: '*.xml', searchFolder: results, failTaskOnFailedTests: true }
            """);

        Assert.Equal("__default: Failed: Publish: 1 of 2 tests failed", outcome);
        Assert.True(File.Exists(Path.Combine(run.Surroundings.Results, "a.xml")));
    }

    [Theory]
    [InlineData("", "", "approve_qa: Waiting: waits for an approval: --approve qa\nupdate_uat: Pending")]
    [InlineData("qa", "", "approve_qa: Succeeded\nupdate_uat: Succeeded")]
    [InlineData("all", "", "approve_qa: Succeeded\nupdate_uat: Succeeded")]
    [InlineData("qa=ada,ben", "", "approve_qa: Succeeded\nupdate_uat: Succeeded")]
    [InlineData("", "qa=ada", "approve_qa: Failed: ManualValidation: rejected by ada\nupdate_uat: Skipped: what it depends on did not succeed")]
    public async Task An_approval_is_given_refused_or_held(string approve, string reject, string expected)
    {
        using var run = new PipelineRun { Approve = approve.Length > 0 ? [approve] : [], Reject = reject.Length > 0 ? [reject] : [] };
        run.Checks["faceedge-uat"] = new EnvironmentCheck("qa", 2);

        var outcome = await run.RunAsync("""
            stages:
              - stage: approve_qa
                jobs:
                  - job: ask
                    pool: server
                    steps: [{ task: ManualValidation@1, inputs: { instructions: Look } }]
              - stage: update_uat
                jobs:
                  - deployment: update
                    environment: faceedge-uat
                    strategy: { runOnce: { deploy: { steps: [{ bash: 'true' }] } } }
            """);

        Assert.Equal(expected, outcome);
        if (approve == "qa=ada,ben")
        {
            Assert.Equal(["ada", "ben"], run.Surroundings.Approvals.ApproversOf("update_uat"));
        }
    }

    [Fact]
    public async Task Stages_can_be_left_out_or_stopped_after()
    {
        const string yaml = """
            stages:
              - stage: tests
                jobs: [{ job: a, steps: [{ bash: exit 1 }] }]
              - stage: image
                jobs: [{ job: a, steps: [{ bash: 'true' }] }]
              - stage: qa
                isSkippable: false
                jobs: [{ job: a, steps: [{ bash: 'true' }] }]
            """;
        using var run = new PipelineRun();
        run.Skip.Add("tests");

        Assert.Equal("tests: Skipped: left out\nimage: Succeeded\nqa: Pending", await run.RunAsync(yaml, stopAfter: "image"));

        using var other = new PipelineRun();
        other.Skip.Add("qa");
        Assert.Equal(
            "azure-pipelines.yml:6: the stage 'qa' says isSkippable: false", (await Assert.ThrowsAsync<DeployException>(() => other.RunAsync(yaml))).Message);
    }

    [Fact]
    public async Task A_task_without_an_emulator_is_refused_by_line_before_anything_runs()
    {
        using var run = new PipelineRun();

        var exception = await Assert.ThrowsAsync<DeployException>(() => run.RunAsync("steps:\n  - bash: 'true'\n  - task: AzureCLI@2\n"));

        Assert.StartsWith("azure-pipelines.yml:3: a rehearsal has no emulator for the task AzureCLI@2; it knows Bash, Cache", exception.Message, StringComparison.Ordinal);
        Assert.Empty(run.Stages);
    }

    [Theory]
    [InlineData("##vso[task.setvariable variable=a;isOutput=true]b%0Ac%AZP25", "task.setvariable", "b\nc%")]
    [InlineData("prefix ##vso[task.complete result=Failed;]", "task.complete", "")]
    public void A_logging_command_is_read_with_its_escapes(string line, string name, string message)
    {
        var command = LoggingCommand.Read(line)!;

        Assert.Equal((name, message), (command.Name, command.Message));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return false;
        }
    }
}
