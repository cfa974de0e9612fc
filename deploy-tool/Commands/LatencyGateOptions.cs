using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Running;

namespace FaceEdge.Deploy.Commands;

/// <summary>The options of <c>gate</c>.</summary>
internal sealed class LatencyGateOptions
{
    private const int MostBlocks = 40;
    private const int MostLooks = 10;

    private static readonly GateRules Defaults = new();

    private readonly Option<double> _margin = new("--margin")
    {
        Description = "Slowdown of a median that is let be, as a share of base.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.Median.Margin,
    };

    private readonly Option<double> _limit = new("--limit")
    {
        Description = "Slowdown of a median that must be ruled out for a pass, as a share of base.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.Median.Limit,
    };

    private readonly Option<double> _alpha = new("--alpha")
    {
        Description = "Chance of failing a candidate that is within the margin.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.Alpha,
    };

    private readonly Option<int> _blocks = new("--blocks")
    {
        Description = "Blocks before each look at the data; a block is one fresh process of each side. "
            + $"At least {DecisionRule.LeastBlocks(GateRules.OwnTests, Defaults with { Looks = 1 })} over all looks, more with a lower alpha or more looks.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.BlocksPerLook,
    };

    private readonly Option<int> _looks = new("--looks")
    {
        Description = "Looks at the data while it is inconclusive.",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Looks,
    };

    private readonly Option<int> _turns = new("--turns")
    {
        Description = "Turns that the processes of a block take on each benchmark.",
        HelpName = "N",
        DefaultValueFactory = _ => PairedProcesses.DefaultTurns,
    };

    public Option<string> Environment { get; } = EnvironmentOption.Create("--env", "Compare with what this environment runs now.");

    public Option<string> Base { get; } = new("--base") { Description = "Compare with this commit.", HelpName = "REV" };

    public Option<string> Head { get; } = new("--head")
    {
        Description = "The candidate's commit.",
        HelpName = "REV",
        DefaultValueFactory = _ => "HEAD",
    };

    public Option<string> BaseCommand { get; } = new("--base-command")
    {
        Description = "A command that measures base, such as 'dotnet old/FaceEdge.Benchmarks.dll latency --turns'.",
        HelpName = "CMD",
    };

    public Option<string> HeadCommand { get; } = new("--head-command") { Description = "A command that measures the candidate.", HelpName = "CMD" };

    public Option<string> BaseResults { get; } = new("--base-results")
    {
        Description = "BenchmarkDotNet's full JSON of base: a file, or a folder with one a run.",
        HelpName = "PATH",
    };

    public Option<string> HeadResults { get; } = new("--head-results") { Description = "The same of the candidate.", HelpName = "PATH" };

    public Option<string> Accuracy { get; } = new("--accuracy")
    {
        Description = "Make evidence of what face-detector eval --baseline FILE --json wrote, instead of measuring latency.",
        HelpName = "FILE",
    };

    public Option<string> Image { get; } = new("--image")
    {
        Description = "The image that was built of the candidate, to stand in the evidence.",
        HelpName = "REF",
    };

    public Option<string> Report { get; } = new("--report")
    {
        Description = "Folder for the report: JSON (the evidence for promote), Markdown, SVG, JUnit.",
        HelpName = "DIR",
    };

    public Option<int> Seed { get; } = new("--seed")
    {
        Description = "Repeats the order in which the sides take turns; from the clock if not given.",
        HelpName = "N",
    };

    public Option<double> Budget { get; } = new("--budget")
    {
        Description = "Minutes that measuring may take; a look that would not fit is not begun.",
        HelpName = "MINUTES",
        DefaultValueFactory = _ => 10,
    };

    public void AddTo(Command command)
    {
        _turns.Between(1, 600);
        _blocks.Between(1, MostBlocks);
        _looks.Between(1, MostLooks);
        _alpha.Between(0.0001, 0.2);
        _margin.Between(0, 10);
        _limit.Between(0, 10);
        Seed.Between(int.MinValue, int.MaxValue);
        Budget.Between(0.1, 600);
        foreach (var option in new Option[]
        {
            Environment, Base, Head, BaseCommand, HeadCommand, BaseResults, HeadResults, Accuracy, Image, Report,
            _margin, _limit, _alpha, _blocks, _looks, _turns, Seed, Budget,
        })
        {
            command.Add(option);
        }
    }

    public int Turns(ParseResult parse) => parse.GetValue(_turns);

    /// <exception cref="DeployException">Not exactly one pair of sides is named.</exception>
    public GateComparison Comparison(ParseResult parse)
    {
        var given = (parse.GetValue(Environment), parse.GetValue(Base), parse.GetValue(BaseCommand), parse.GetValue(HeadCommand),
            parse.GetValue(BaseResults), parse.GetValue(HeadResults));
        return given switch
        {
            ({ } environment, null, null, null, null, null) => new GateComparison.Commits(null, environment),
            (null, { } revision, null, null, null, null) => new GateComparison.Commits(revision, null),
            (null, null, { } baseCommand, { } headCommand, null, null) => new GateComparison.Commands(baseCommand, headCommand),
            (null, null, null, null, { } baseResults, { } headResults) => new GateComparison.Results(baseResults, headResults),
            _ => throw DeployException.BadInput(
                "gate compares one pair of sides",
                "give --env, or --base, or --base-command with --head-command, or --base-results with --head-results"),
        };
    }

    /// <summary>What is decided by.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="comparison">What is compared: how many blocks are needed hangs on how much is tested.</param>
    /// <exception cref="DeployException">The values contradict one another, or are too few blocks for a verdict.</exception>
    public GateRules Rules(ParseResult parse, GateComparison comparison)
    {
        var tests = comparison switch
        {
            GateComparison.Commits => GateRules.OwnTests,
            GateComparison.Commands => GateRules.FewestTests,
            _ => 0,
        };
        var rules = Defaults with
        {
            Median = new Threshold(parse.GetValue(_margin), parse.GetValue(_limit)),
            Alpha = parse.GetValue(_alpha),
            BlocksPerLook = parse.GetValue(_blocks),
            Looks = parse.GetValue(_looks),
        };
        if (rules.Median.Limit <= rules.Median.Margin)
        {
            throw DeployException.BadInput($"--limit {rules.Median.Limit} is not above --margin {rules.Median.Margin}", "leave room between the two");
        }

        var planned = rules.BlocksPerLook * rules.Looks;
        if (tests > 0 && DecisionRule.LeastBlocks(tests, rules) is var least && planned < least)
        {
            throw DeployException.BadInput(DecisionRule.TooFew(planned, least, rules), "raise --blocks or --looks");
        }

        return planned <= GateRules.MaxBlocks
            ? rules
            : throw DeployException.BadInput(
                $"{Quantity.Of(rules.Looks, "look")} of {Quantity.Of(rules.BlocksPerLook, "block")} are more than {GateRules.MaxBlocks}", "lower --blocks or --looks");
    }
}

/// <summary>What the command line asks <c>gate</c> to compare.</summary>
internal abstract record GateComparison
{
    private GateComparison()
    {
    }

    /// <summary>The candidate's commit with another one, or with what an environment runs now.</summary>
    public sealed record Commits(string? Base, string? Environment) : GateComparison;

    /// <summary>What two commands measure.</summary>
    public sealed record Commands(string Base, string Head) : GateComparison;

    /// <summary>What BenchmarkDotNet measured before.</summary>
    public sealed record Results(string Base, string Head) : GateComparison;
}
