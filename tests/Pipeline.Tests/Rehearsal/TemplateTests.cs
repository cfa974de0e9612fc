using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class TemplateTests
{
    [Fact]
    public void If_elseif_and_else_choose_one_branch_in_lists_and_in_mappings()
    {
        const string yaml = """
            parameters:
              - name: size
                type: string
                default: small
            steps:
              - ${{ if eq(parameters.size, 'small') }}:
                  - script: small
              - ${{ elseif eq(parameters.size, 'middle') }}:
                  - script: middle
              - ${{ else }}:
                  - script: large
              - script: after
                ${{ if eq(parameters.size, 'small') }}:
                  displayName: Small
                ${{ else }}:
                  displayName: Other
            """;
        using var folder = new PipelineFolder().With("azure-pipelines.yml", yaml);

        Assert.Equal("[{script: small}, {script: after, displayName: Small}]", PipelineFolder.Show(folder.Expand()["steps"]));
        Assert.Equal("[{script: middle}, {script: after, displayName: Other}]", PipelineFolder.Show(folder.Expand(("size", "middle"))["steps"]));
        Assert.Equal("[{script: large}, {script: after, displayName: Other}]", PipelineFolder.Show(folder.Expand(("size", "huge"))["steps"]));
    }

    [Fact]
    public void Each_repeats_for_lists_and_for_mappings()
    {
        const string yaml = """
            parameters:
              - name: sites
                type: object
                default:
                  - { name: qa, ports: { http: 80 } }
                  - { name: uat, ports: { http: 81 } }
            steps:
              - ${{ each site in parameters.sites }}:
                  - ${{ each port in site.ports }}:
                      - script: check ${{ site.name }} ${{ port.key }}=${{ port.value }}
            """;
        using var folder = new PipelineFolder().With("azure-pipelines.yml", yaml);

        Assert.Equal("[{script: check qa http=80}, {script: check uat http=81}]", PipelineFolder.Show(folder.Expand()["steps"]));
    }

    [Fact]
    public void A_template_gets_its_parameters_and_nothing_else()
    {
        using var folder = new PipelineFolder()
            .With("azure-pipelines.yml", """
                parameters:
                  - name: outer
                    default: x
                stages:
                  - template: pipelines/stage.yml
                    parameters:
                      name: qa
                      approved: false
                      extra:
                        - script: more
                """)
            .With("pipelines/stage.yml", """
                parameters:
                  - name: name
                    type: string
                    values: [qa, uat]
                  - name: approved
                    type: boolean
                    default: true
                  - name: extra
                    type: stepList
                    default: []
                stages:
                  - stage: update_${{ parameters.name }}
                    jobs:
                      - job: one
                        steps:
                          - template: steps.yml
                          - ${{ parameters.extra }}
                  - ${{ if parameters.approved }}:
                      - stage: approve
                """)
            .With("pipelines/steps.yml", "steps:\n  - script: prepare\n");

        Assert.Equal(
            "[{stage: update_qa, jobs: [{job: one, steps: [{script: prepare}, {script: more}]}]}]",
            PipelineFolder.Show(folder.Expand()["stages"]));
    }

    [Fact]
    public void Variables_of_yaml_are_known_to_expressions_below_them()
    {
        using var folder = new PipelineFolder()
            .With("azure-pipelines.yml", """
                variables:
                  - name: colour
                    value: pink
                  - template: more.yml
                stages:
                  - stage: a
                    variables: { colour: blue }
                    jobs:
                      - job: one
                        steps:
                          - script: ${{ variables.colour }} ${{ variables.size }} ${{ variables['Build.SourceBranch'] }}
                """)
            .With("more.yml", "variables:\n  size: 3\n");

        Assert.Contains("{script: blue 3 refs/heads/main}", PipelineFolder.Show(folder.Expand()["stages"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Insert_and_a_whole_expression_put_mappings_and_lists_in()
    {
        const string yaml = """
            parameters:
              - name: settings
                type: object
                default: { a: 1, b: 2 }
              - name: names
                type: object
                default: [x, y]
            steps:
              - script: run
                env:
                  ${{ insert }}: ${{ parameters.settings }}
                  c: ${{ join(',', parameters.names) }}
            """;
        using var folder = new PipelineFolder().With("azure-pipelines.yml", yaml);

        Assert.Equal("[{script: run, env: {a: 1, b: 2, c: x,y}}]", PipelineFolder.Show(folder.Expand()["steps"]));
    }

    [Theory]
    [InlineData("steps:\n  - template: gone.yml\n", "azure-pipelines.yml:2: there is no template gone.yml")]
    [InlineData("steps:\n  - ${{ else }}:\n      - script: a\n", "azure-pipelines.yml:2: '${{ else }}' does not follow an if")]
    [InlineData("steps:\n  - script: ${{ parameters.a\n", "azure-pipelines.yml:2: '${{' has no closing '}}'")]
    [InlineData("steps:\n  - script: ${{ succeeded() }}\n", "azure-pipelines.yml:2: in the expression succeeded(): the function 'succeeded' is not known here")]
    [InlineData("steps:\n  - script: a\n    script: b\n", "azure-pipelines.yml:3: 'script' stands here twice")]
    [InlineData("steps:\n  - &a\n    script: b\n", "azure-pipelines.yml:2: Azure Pipelines knows no anchors and aliases")]
    [InlineData("parameters:\n  - name: a\nsteps: []\n", "azure-pipelines.yml:1: the parameter 'a' of azure-pipelines.yml:2 has no value and no default")]
    [InlineData("parameters:\n  - name: a\n    type: number\n    default: x\nsteps: []\n", "azure-pipelines.yml:4: the parameter 'a' must be a number")]
    public void A_fault_names_its_file_and_line(string yaml, string expected)
    {
        using var folder = new PipelineFolder().With("azure-pipelines.yml", yaml);

        Assert.Equal(expected, Assert.Throws<DeployException>(() => folder.Expand()).Message);
    }

    [Fact]
    public void A_parameter_outside_its_values_is_refused()
    {
        using var folder = new PipelineFolder().With("azure-pipelines.yml", "parameters:\n  - name: env\n    default: qa\n    values: [qa, uat]\nsteps: []\n");

        Assert.Equal(
            "--parameter env: the parameter 'env' is 'moon'; allowed are qa, uat",
            Assert.Throws<DeployException>(() => folder.Expand(("env", "moon"))).Message);
        Assert.Equal(
            "azure-pipelines.yml:1: there is no parameter 'other'; there are env", Assert.Throws<DeployException>(() => folder.Expand(("other", "1"))).Message);
    }

    [Fact]
    public void A_text_false_is_not_taken_for_a_condition()
    {
        using var folder = new PipelineFolder().With("azure-pipelines.yml", "parameters:\n  - name: on\n    default: 'false'\nsteps:\n  - ${{ if parameters.on }}:\n      - script: a\n");

        Assert.Contains("compare it, as in eq(parameters.on, true)", Assert.Throws<DeployException>(() => folder.Expand()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_that_include_each_other_end()
    {
        using var folder = new PipelineFolder().With("azure-pipelines.yml", "steps:\n  - template: a.yml\n").With("a.yml", "steps:\n  - template: a.yml\n");

        Assert.Contains("nested deeper than 50", Assert.Throws<DeployException>(() => folder.Expand()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stages:\n  - stage: a\n    pish: 1\n    jobs: []\n", "azure-pipelines.yml:3: a stage has no 'pish' that a rehearsal knows")]
    [InlineData("stages:\n  - stage: a\n    dependsOn: b\n", "azure-pipelines.yml:2: 'a' depends on the stage 'b', which there is not")]
    [InlineData("jobs:\n  - job: a\n    dependsOn: b\n    steps: []\n  - job: b\n    dependsOn: a\n    steps: []\n", "azure-pipelines.yml:2: 'a' depends on itself, through b")]
    [InlineData("jobs:\n  - job: a\n    strategy: { matrix: { } }\n    steps: []\n", "azure-pipelines.yml:3: 'strategy' of a job (matrix, parallel) is not known to a rehearsal")]
    [InlineData("steps:\n  - task: Bash\n", "azure-pipelines.yml:2: 'Bash' is not NAME@VERSION")]
    [InlineData("steps:\n  - powershell: dir\n", "azure-pipelines.yml:2: this step is none of script, bash, pwsh, checkout, task, publish, download")]
    public void What_a_rehearsal_does_not_know_is_refused_by_line(string yaml, string expected)
    {
        using var folder = new PipelineFolder().With("azure-pipelines.yml", yaml);

        Assert.StartsWith(expected, Assert.Throws<DeployException>(() => folder.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_comes_after_the_one_before_it_unless_it_says_otherwise()
    {
        using var folder = new PipelineFolder().With("azure-pipelines.yml", "stages:\n  - stage: a\n  - stage: b\n  - stage: c\n    dependsOn: []\n  - stage: d\n    dependsOn: [a, c]\n");

        Assert.Equal(["", "a", "", "a c"], folder.Read().Stages.Select(stage => string.Join(' ', stage.DependsOn)));
    }
}
