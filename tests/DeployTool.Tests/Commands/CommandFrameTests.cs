using System.CommandLine;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Tests.Commands;

public sealed class CommandFrameTests
{
    [Fact]
    public async Task A_result_decides_the_exit_code_and_is_rendered_for_people()
    {
        Assert.Equal(new Invocation(1, "answer: no", ""), await AskAsync(() => new Answer("no", ExitCode.Refused)));
    }

    [Fact]
    public async Task Output_json_prints_the_public_properties_of_the_result_alone()
    {
        var invocation = await AskAsync(() => new Answer("ja, für <alle>", ExitCode.Done), "--output", "json");

        Assert.Equal(new Invocation(0, "{\n  \"text\": \"ja, für <alle>\"\n}", ""), invocation);
    }

    [Fact]
    public async Task A_deploy_exception_is_one_line_with_what_to_do()
    {
        var invocation = await AskAsync(() => throw DeployException.Undecided("registry\nis away", "try again"));

        Assert.Equal(new Invocation(3, "", "error: registry is away: try again"), invocation);
    }

    [Fact]
    public async Task An_unknown_word_is_wrong_usage_and_names_the_word()
    {
        var invocation = await Invocation.RunAsync("promot");

        Assert.Equal((2, ""), (invocation.Status, invocation.Output));
        Assert.StartsWith("error: there is no command 'promot'; did you mean promote?: see ", invocation.Error);
        Assert.DoesNotContain('\n', invocation.Error);
    }

    [Fact]
    public async Task Wrong_usage_with_output_json_is_an_object_too()
    {
        var invocation = await Invocation.RunAsync("completion", "tcsh", "-o", "json");

        Assert.Equal(2, invocation.Status);
        Assert.Contains("\"exitCode\": 2", invocation.Output);
    }

    [Fact]
    public async Task A_cancelled_command_could_not_decide()
    {
        using var source = new CancellationTokenSource();
        var root = new RootCommand("test")
        {
            new Command("ask").Runs(async (_, cancellation) =>
            {
                await source.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
                return new Answer("unreachable", ExitCode.Done);
            }),
        };

        var invocation = await Invocation.RunAsync(root, ["ask"], Environment.CurrentDirectory, cancellation: source.Token);

        Assert.Equal((3, ""), (invocation.Status, invocation.Output));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_prints_a_script_that_asks_the_suggest_directive(string shell)
    {
        var invocation = await Invocation.RunAsync("completion", shell);

        Assert.Equal(0, invocation.Status);
        Assert.Contains("[suggest:", invocation.Output);
    }

    private static Task<Invocation> AskAsync(Func<ICommandResult> answer, params string[] options)
    {
        var root = new RootCommand("test") { new Command("ask").Runs((_, _) => Task.FromResult(answer())) };
        return Invocation.RunAsync(root, ["ask", .. options], Environment.CurrentDirectory);
    }
}
