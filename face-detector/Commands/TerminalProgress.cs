using System.Diagnostics.CodeAnalysis;
using Spectre.Console;

namespace FaceEdge.Commands;

/// <summary>A progress bar on standard error while it is a terminal, nothing otherwise; standard output stays for results.</summary>
internal static class TerminalProgress
{
    /// <param name="title">What is being done.</param>
    /// <param name="total">How many steps it takes.</param>
    /// <param name="work">Reports how many steps are done.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The console writes to standard error, which stays open.")]
    public static async Task<T> RunAsync<T>(string title, double total, Func<IProgress<double>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
        {
            return await work(new Silent());
        }

        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(title), maxValue: total))));
    }

    /// <summary>As <see cref="RunAsync"/> for work that writes lines as it goes: no bar where both would meet on one terminal.</summary>
    public static Task<T> RunBesideOutputAsync<T>(string title, double total, Func<IProgress<double>, Task<T>> work)
        => Console.IsOutputRedirected ? RunAsync(title, total, work) : work(new Silent());

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
