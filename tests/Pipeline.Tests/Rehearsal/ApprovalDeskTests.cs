using FaceEdge.Deploy.Rehearsal.Approvals;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

public sealed class ApprovalDeskTests
{
    [Fact]
    public async Task A_question_is_asked_until_its_answer_and_not_once_more()
    {
        var desk = new ApprovalDesk(new Dictionary<string, ApprovalAnswer>(), isInteractive: true);
        var asked = desk.AskAsync("qa", "Is it good?", people: 2, TestContext.Current.CancellationToken);
        var question = desk.Pending!;
        Assert.Equal(("qa", 2), (question.Subject, question.People));

        question.Reply.SetResult(new ApprovalAnswer(true, ["ada", "ben"]));

        Assert.Null(desk.Pending);
        Assert.Equal(["ada", "ben"], (await asked).By);
        Assert.Equal(["ada", "ben"], (await desk.AskAsync("qa", "Once more?", people: 2, TestContext.Current.CancellationToken)).By);
        Assert.Null(desk.Pending);
    }
}
