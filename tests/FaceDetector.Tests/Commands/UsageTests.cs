using System.CommandLine;
using System.CommandLine.Help;
using FaceEdge.Commands;

namespace FaceEdge.Tests.Commands;

/// <summary>How a wrong command line is told: one line, exit code 2, and the word that was meant; as deploy-tool does.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("detct a.jpg", "there is no command 'detct'; did you mean detect?", "")]
    [InlineData("detect --treshold 0.5 a.jpg", "there is no option --treshold; did you mean --threshold?", " detect")]
    [InlineData("detect --threshold x", "--threshold is 'x': a number from 0 to 1", " detect")]
    [InlineData("detect", "PATH is missing", " detect")]
    [InlineData("detect --threshold 0,5 a.jpg", "--threshold is '0,5': a number from 0 to 1", " detect")]
    [InlineData("detect --mode eye a.jpg", "--mode is 'eye': face or eyes; did you mean eyes?", " detect")]
    [InlineData("demo --out x --frames 0", "--frames is '0': a whole number of at least 1", " demo")]
    [InlineData("demo --out x --faces many", "--faces is 'many': a whole number from 0 to 12", " demo")]
    [InlineData("eval --images x --labels y --max-eye-error 2", "--max-eye-error is '2': a number from 0.001 to 0.999", " eval")]
    [InlineData("healthcheck --url http://localhost:99999/", "--url is 'http://localhost:99999/': an http address such as http://127.0.0.1:8080/healthz", " healthcheck")]
    [InlineData("models pul", "there is no command 'pul'; did you mean pull?", " models")]
    public async Task A_wrong_command_line_is_told_in_one_line_with_what_was_meant(string line, string error, string command)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();

        var exitCode = await CommandSet.InvokeAsync(
            line.Split(' '), new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);

        Assert.Equal(
            (2, $"error: {error}: see {RootCommand.ExecutableName}{command} --help", ""), (exitCode, errors.ToString().Trim(), output.ToString()));
    }

    [Fact]
    public void Every_value_has_a_placeholder_in_capitals_or_its_choices()
    {
        foreach (var (command, symbol, placeholder) in Placeholders(CommandSet.Create(), "face-detector"))
        {
            Assert.True(
                placeholder is not null && (!placeholder.Any(char.IsLower) || placeholder.Contains('|', StringComparison.Ordinal) || placeholder == "WxH"),
                $"{command} {symbol}: {placeholder ?? "no placeholder"}");
        }
    }

    /// <summary>Rules over several options read their values while the line is parsed, where an exception would be nobody's.</summary>
    [Fact]
    public void No_option_without_a_value_or_with_a_wrong_one_throws()
    {
        var root = CommandSet.Create();
        foreach (var command in root.Subcommands.Append(root))
        {
            foreach (var option in command.Options.Where(option => option is not (HelpOption or VersionOption)))
            {
                foreach (var word in new[] { option.Name, $"{option.Name}=", $"{option.Name}=nonsense" })
                {
                    Assert.NotNull(root.Parse(command == root ? [word, word] : [command.Name, word, word]));
                }
            }
        }
    }

    private static IEnumerable<(string Command, string Symbol, string? Placeholder)> Placeholders(Command command, string path)
    {
        foreach (var option in command.Options.Where(option => option is not (HelpOption or VersionOption) && option.ValueType != typeof(bool)))
        {
            yield return (path, option.Name, option.HelpName);
        }

        foreach (var argument in command.Arguments)
        {
            yield return (path, argument.Name, argument.HelpName ?? argument.Name);
        }

        foreach (var found in command.Subcommands.SelectMany(sub => Placeholders(sub, $"{path} {sub.Name}")))
        {
            yield return found;
        }
    }
}
