using System.CommandLine;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>One invocation of a command: the parsed command line and what surrounds it.</summary>
internal sealed class CommandRun
{
    internal CommandRun(ParseResult options, CommandEnvironment environment)
    {
        Options = options;
        Environment = environment;
        Progress = new ProgressLines(options.GetValue<bool>(GlobalOptions.Quiet) ? TextWriter.Null : environment.Error);
        Repository = Path.GetFullPath(options.GetValue<string>(GlobalOptions.Repository) ?? ".", environment.WorkingDirectory);
    }

    public ParseResult Options { get; }

    public CommandEnvironment Environment { get; }

    public TimeProvider Time => Environment.Time;

    /// <summary>One line a step of long work, on standard error.</summary>
    public IProgress<string> Progress { get; }

    /// <summary>A directory inside the Git work tree that holds <c>sites/</c>, absolute; from <c>--repository</c>, else the current one.</summary>
    public string Repository { get; }

    /// <summary>Makes a path from the command line absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Environment.WorkingDirectory);

    private sealed class ProgressLines(TextWriter error) : IProgress<string>
    {
        private readonly Lock _lock = new();

        public void Report(string value)
        {
            lock (_lock)
            {
                error.WriteLine(value);
            }
        }
    }
}
