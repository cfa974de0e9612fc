using System.CommandLine;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>What one command line, run inside the test process, came to.</summary>
internal sealed record Invocation(int Status, string Output, string Error)
{
    /// <summary>Runs deploy-tool itself.</summary>
    public static Task<Invocation> RunAsync(params string[] args) => RunAsync(Program.CreateCommands(), args, Environment.CurrentDirectory);

    /// <summary>Runs deploy-tool in <paramref name="directory"/>.</summary>
    public static Task<Invocation> RunInAsync(string directory, params string[] args) =>
        RunAsync(Program.CreateCommands(), args, directory);

    public static async Task<Invocation> RunAsync(
        RootCommand root, string[] args, string directory, TimeProvider? time = null, TextReader? input = null, CancellationToken cancellation = default)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var environment = new CommandEnvironment
        {
            Output = output,
            Error = error,
            WorkingDirectory = directory,
            Time = time ?? TimeProvider.System,
            Input = input ?? TextReader.Null,
        };
        var status = await CommandFrame.InvokeAsync(root, args, environment, cancellation);
        return new Invocation(status, output.ToString().TrimEnd(), error.ToString().TrimEnd());
    }
}
