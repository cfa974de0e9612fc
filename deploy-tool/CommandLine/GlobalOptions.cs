using System.CommandLine;
using FaceEdge.CommandLine;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public const string Output = "--output";
    public const string Quiet = "--quiet";
    public const string Verbose = "--verbose";
    public const string Repository = "--repository";

    public const string Json = "json";
    private const string Table = "table";

    public static void AddTo(RootCommand root)
    {
        var output = new Option<string>(Output, "-o")
        {
            Description = "How the result is written: a table for people or JSON for programs.",
            HelpName = $"{Table}|{Json}",
            Recursive = true,
            DefaultValueFactory = _ => Table,
        };
        root.Add(output.OneOf(Table, Json));
        root.Add(new Option<bool>(Quiet, "-q") { Description = "No progress on standard error.", Recursive = true });
        root.Add(new Option<bool>(Verbose) { Description = "Show the trace of an internal error.", Recursive = true });
        root.Add(new Option<string>(Repository, "-C")
        {
            Description = "A directory of the Git work tree that holds sites/; the current directory if not given.",
            HelpName = "DIR",
            Recursive = true,
        });
    }
}
