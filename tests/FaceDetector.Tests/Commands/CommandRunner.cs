using System.CommandLine;

namespace FaceEdge.Tests.Commands;

/// <summary>Runs one command in this process and keeps what it wrote.</summary>
internal sealed record CommandRunner(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRunner> RunAsync(Command command, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var root = new RootCommand { command };
        var exitCode = await root.Parse([command.Name, .. args]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return new CommandRunner(exitCode, output.ToString(), error.ToString());
    }
}
