using FaceEdge.Deploy.Rehearsal.Approvals;
using Spectre.Console;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>Shows a rehearsal on a terminal while it runs, and asks there.</summary>
internal sealed class RehearsalScreen(IAnsiConsole console, RehearsalSession session)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows until <paramref name="work"/> ends; the table makes way for each question.</summary>
    public async Task ShowAsync(Task work, CancellationToken cancellation)
    {
        while (!work.IsCompleted)
        {
            await console.Live(Tables()).AutoClear(true).StartAsync(async live =>
            {
                while (!work.IsCompleted && session.Desk.Pending is null)
                {
                    live.UpdateTarget(Tables());
                    await Task.WhenAny(work, Task.Delay(Refresh, CancellationToken.None));
                }
            });
            if (session.Desk.Pending is { } question && !cancellation.IsCancellationRequested)
            {
                question.Reply.TrySetResult(await AskAsync(question, cancellation));
            }
        }

        await work;
    }

    private Rows Tables() => new(
        RehearsalTables.OfStages([.. session.Stages.Select(StageResult.Of)]), RehearsalTables.OfSites([.. session.Sites.Select(SiteResult.Of)], areUp: true));

    private async Task<ApprovalAnswer> AskAsync(PendingQuestion question, CancellationToken cancellation)
    {
        console.Write(Tables());
        console.WriteLine(question.Text.Trim());
        console.WriteLine($"artifacts of this run: {session.ArtifactFolder}");
        var approved = await console.PromptAsync(new ConfirmationPrompt($"Is {Markup.Escape(question.Subject)} good?") { DefaultValue = false }, cancellation);
        if (!approved)
        {
            return new ApprovalAnswer(false, []);
        }

        var names = await console.PromptAsync(
            new TextPrompt<string>($"Who approves ({question.People} needed, commas between; nothing for made-up names)?").AllowEmpty()
                .Validate(text => Names(text).Length == 0 || Names(text).Length >= question.People, $"name {question.People} different people"),
            cancellation);
        return new ApprovalAnswer(true, Names(names));
    }

    private static string[] Names(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}
