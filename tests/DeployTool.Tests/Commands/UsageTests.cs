using System.CommandLine;
using System.CommandLine.Help;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>How a wrong command line is reported: one line, exit code 2, and the word that was meant.</summary>
public sealed class UsageTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "promot --to qa", "there is no command 'promot'; did you mean promote?: see deploy-tool --help" },
        { "frobnicate", "there is no command 'frobnicate': see deploy-tool --help" },
        { "gate --marjin 0.1 --env qa", "there is no option --marjin; did you mean --margin?: see deploy-tool gate --help" },
        { "gate --margin", "--margin needs a value: see deploy-tool gate --help" },
        { "gate --margin x --env qa", "--margin is 'x': a number from 0 to 10: see deploy-tool gate --help" },
        { "gate --margin 0,05 --env qa", "--margin is '0,05': a number from 0 to 10: see deploy-tool gate --help" },
        { "gate --limit NaN --env qa", "--limit is 'NaN': a number from 0 to 10: see deploy-tool gate --help" },
        { "gate --alpha -1 --env qa", "--alpha is '-1': a number from 0.0001 to 0.2: see deploy-tool gate --help" },
        { "gate --blocks 1.5 --env qa", "--blocks is '1.5': a whole number from 1 to 40: see deploy-tool gate --help" },
        { "gate --looks x --env qa", "--looks is 'x': a whole number from 1 to 10: see deploy-tool gate --help" },
        { "gate --turns 99999999999 --env qa", "--turns is '99999999999': a whole number from 1 to 600: see deploy-tool gate --help" },
        { "gate --budget x --env qa", "--budget is 'x': a number from 0.1 to 600: see deploy-tool gate --help" },
        { "gate --seed x --env qa", "--seed is 'x': a whole number: see deploy-tool gate --help" },
        { "history --limit 0", "--limit is '0': a whole number of at least 1: see deploy-tool history --help" },
        { "check-site --env qa --url http://qa --requests x", "--requests is 'x': a whole number from 1 to 10000: see deploy-tool check-site --help" },
        { "check-site --env qa --url http://qa --p95 x", "--p95 is 'x': a number from 0.001 to 600000: see deploy-tool check-site --help" },
        { "status --output jsn", "--output is 'jsn': table or json; did you mean json?: see deploy-tool status --help" },
        { "completion bsh", "SHELL is 'bsh': bash or zsh or fish; did you mean bash?: see deploy-tool completion --help" },
        { "verify-image --platform linux/arm65 localhost:5000/a:1", "--platform 'linux/arm65' names no architecture that is known: amd64, arm64, arm, 386, ppc64le, s390x, riscv64, loong64, mips64le: see deploy-tool verify-image --help" },
        { "verify-image --insecur localhost:5000/a:1", "there is no option --insecur; did you mean --insecure?: see deploy-tool verify-image --help" },
        { "check-site", "--env is missing; --url is missing: see deploy-tool check-site --help" },
        { "check-site --p95 x", "--p95 is 'x': a number from 0.001 to 600000: see deploy-tool check-site --help" },
        { "configure --env qa Detector__Mode=eyes", "'Detector__Mode=eyes' is one argument too many; did you mean --set Detector__Mode=eyes?: see deploy-tool configure --help" },
        { "render --env qa --site", "--site needs a value: see deploy-tool render --help" },
        { "rollout --env", "--env needs a value: see deploy-tool rollout --help" },
        { "rollout --env qa --pause", "--pause needs a value: see deploy-tool rollout --help" },
        { "rollout --env qa --watch=maybe", "'maybe' is one argument too many: see deploy-tool rollout --help" },
        { "history --env qa --env uat", "--env takes one value, and is given 2: see deploy-tool history --help" },
        { "promote --too qa", "there is no option --too; did you mean --to?: see deploy-tool promote --help" },
        { "status qa", "'qa' is one argument too many: see deploy-tool status --help" },
        { "verify-image registry.example.com:99999/a:1", "the port of 'registry.example.com:99999' is not from 1 to 65535: write registry/name:tag, such as registry.example.com/faceedge/face-detector:1.4.0" },
        { "gate --env qa --blocks 1 --looks 1", "1 block can show nothing at alpha 0.01: at least 10 are needed: raise --blocks or --looks" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_command_line_is_reported_in_one_line_with_what_was_meant(string line, string error)
    {
        var run = await Invocation.RunAsync(line.Split(' '));

        Assert.Equal((2, $"error: {error.Replace("see deploy-tool", $"see {RootCommand.ExecutableName}", StringComparison.Ordinal)}"), (run.Status, run.Error));
    }

    /// <summary>Rules over several options read their values while the line is parsed, where an exception would be nobody's.</summary>
    [Fact]
    public void Every_option_without_a_value_or_with_a_wrong_one_is_reported_in_words()
    {
        var root = Program.CreateCommands();
        GlobalOptions.AddTo(root);
        foreach (var (path, option) in Options(root, []))
        {
            foreach (var word in new[] { option.Name, $"{option.Name}=", $"{option.Name}=nonsense" })
            {
                var wrong = UsageError.Of(root.Parse([.. path, word, word]));

                Assert.True(wrong is null || !wrong.Contains("System.", StringComparison.Ordinal), $"{string.Join(' ', path)} {word}: {wrong}");
            }
        }
    }

    private static IEnumerable<(string[] Path, Option Option)> Options(Command command, string[] path) => command.Options
        .Where(option => option is not (HelpOption or VersionOption))
        .Select(option => (path, option))
        .Concat(command.Subcommands.SelectMany(sub => Options(sub, [.. path, sub.Name])));

    /// <summary>One style in every help: words in capitals for what is to be replaced, or the choices themselves.</summary>
    [Fact]
    public void Every_value_has_a_placeholder_in_capitals_or_its_choices()
    {
        foreach (var (command, symbol, placeholder) in Placeholders(Program.CreateCommands(), "deploy-tool"))
        {
            Assert.True(
                placeholder is not null && (!placeholder.Any(char.IsLower) || placeholder.Contains('|', StringComparison.Ordinal)),
                $"{command} {symbol}: {placeholder ?? "no placeholder"}");
        }
    }

    [Fact]
    public async Task An_internal_error_names_the_program_in_one_line_and_shows_the_trace_when_asked_for()
    {
        static RootCommand Broken() => new("Breaks.") { new Command("break").Runs((_, _) => throw new InvalidOperationException("It broke.")) };

        var plain = await Invocation.RunAsync(Broken(), ["break"], Environment.CurrentDirectory, cancellation: TestContext.Current.CancellationToken);
        var json = await Invocation.RunAsync(Broken(), ["break", "--output", "json"], Environment.CurrentDirectory, cancellation: TestContext.Current.CancellationToken);
        var verbose = await Invocation.RunAsync(Broken(), ["break", "--verbose"], Environment.CurrentDirectory, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(
            (70, $"error: internal error in {RootCommand.ExecutableName}: InvalidOperationException: It broke: run it again with --verbose and report the trace"), (plain.Status, plain.Error));
        Assert.Contains("\"exitCode\": 70", json.Output, StringComparison.Ordinal);
        Assert.StartsWith("System.InvalidOperationException: It broke.", verbose.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_offers_environments_and_no_aliases_of_help()
    {
        using var sites = await Promotion.SitesRepository.CreateAsync();

        var names = await sites.RunAsync("[suggest:13]", "promote --to ");
        var options = await sites.RunAsync("[suggest:0]", "");

        Assert.Equal("production\nqa\nuat", names.Output.ReplaceLineEndings("\n").Trim());
        Assert.DoesNotContain("/?", options.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/h", options.Output.Split('\n'));
    }

    private static IEnumerable<(string Command, string Symbol, string? Placeholder)> Placeholders(Command command, string path)
    {
        foreach (var option in command.Options.Where(option => option is not (HelpOption or VersionOption) && option.ValueType != typeof(bool) && option.ValueType != typeof(bool?)))
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
