using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FaceEdge.Tests.Forges;

/// <summary>Azure Repos, as https://learn.microsoft.com/rest/api/azure/devops/git/pull-requests documents its REST API 7.1.</summary>
internal sealed class FakeAzureRepos(string repository) : FakeForge(repository)
{
    private const int LongestDescription = 4000;
    private const string Prefix = "/fabrikam/Face%20Edge/_apis/git/repositories/sites/pullrequests";

    public override string Page => $"http://{Host}/fabrikam/Face%20Edge/_git/sites";

    public override string Kind => "azureRepos";

    protected override bool IsAuthorized(string? header) => header == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(":" + Token));

    /// <summary>A page for people, as it answers tokens that it does not take.</summary>
    protected override ForgeAnswer Unauthorized() => new(203, "<html><title>Azure DevOps Services | Sign In</title></html>");

    protected override string MergeMessage(FakePullRequest pull) => $"Merge pull request {pull.Number} from {pull.Branch} into {pull.Into}";

    protected override string SquashTitle(FakePullRequest pull) => $"Merged PR {pull.Number}: {pull.Title}";

    protected override ForgeAnswer Answer(string method, string path, IReadOnlyDictionary<string, string> query, JsonNode? body)
    {
        if (query.GetValueOrDefault("api-version") != "7.1")
        {
            return Says(400, "VssVersionNotSpecifiedException", "No api-version was supplied for the request.");
        }

        if (path == Prefix)
        {
            return method == "POST" ? Create(body!) : Found(query);
        }

        if (!path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            return Says(404, "GitRepositoryNotFoundException", "TF401019: The Git repository with name or identifier does not exist or you do not have permissions for the operation you are attempting.");
        }

        var rest = path[(Prefix.Length + 1)..].Split('/');
        var pull = Pulls[int.Parse(rest[0], CultureInfo.InvariantCulture) - 1];
        if (rest is [_, "labels"])
        {
            pull.Labels.Add(body!["name"]!.GetValue<string>());
            return ForgeAnswer.Of(200, new JsonObject { ["id"] = "label", ["name"] = pull.Labels[^1], ["active"] = true });
        }

        if (method == "PATCH")
        {
            return Change(pull, body!);
        }

        WhenRead(pull);
        return ForgeAnswer.Of(200, Document(pull));
    }

    private ForgeAnswer Found(IReadOnlyDictionary<string, string> query)
    {
        var found = Pulls
            .Where(pull => $"refs/heads/{pull.Branch}" == query["searchCriteria.sourceRefName"] && $"refs/heads/{pull.Into}" == query["searchCriteria.targetRefName"]
                && (query["searchCriteria.status"] == "all" || pull.IsOpen))
            .OrderByDescending(pull => pull.Number).Select(Document).ToArray();
        return ForgeAnswer.Of(200, new JsonObject { ["count"] = found.Length, ["value"] = new JsonArray(found) });
    }

    private ForgeAnswer Create(JsonNode body)
    {
        var (branch, into) = (Name(body["sourceRefName"]!), Name(body["targetRefName"]!));
        var text = body["description"]!.GetValue<string>();
        if (text.Length > LongestDescription)
        {
            return Says(400, "InvalidArgumentValueException", "Invalid argument value.\r\nParameter name: A description for a pull request must not be longer than 4000 characters.");
        }

        if (Commit(branch) is null)
        {
            return Says(404, "GitRefNotFoundException", $"TF401398: The pull request cannot be activated because the source branch no longer exists, or the requester does not have access to it: {branch}");
        }

        return Pulls.Exists(pull => pull.IsOpen && pull.Branch == branch && pull.Into == into)
            ? Says(409, "GitPullRequestExistsException", "TF401179: An active pull request for the source and target branch already exists.")
            : ForgeAnswer.Of(201, Document(Open(branch, into, body["title"]!.GetValue<string>(), text)));
    }

    private ForgeAnswer Change(FakePullRequest pull, JsonNode body)
    {
        if (!pull.IsOpen)
        {
            return Says(409, "GitPullRequestNotEditableException", "TF401181: The pull request cannot be edited due to its state.");
        }

        (pull.Title, pull.Text) = (body["title"]?.GetValue<string>() ?? pull.Title, body["description"]?.GetValue<string>() ?? pull.Text);
        if (body["autoCompleteSetBy"] is not null)
        {
            var message = body["completionOptions"]!["mergeCommitMessage"]!.GetValue<string>();
            pull.AutoCompletes = message[(message.IndexOf('\n', StringComparison.Ordinal) + 2)..];
        }

        return ForgeAnswer.Of(200, Document(pull));
    }

    private JsonNode Document(FakePullRequest pull) => new JsonObject
    {
        ["repository"] = new JsonObject { ["id"] = "3f1c", ["name"] = "sites" },
        ["pullRequestId"] = pull.Number,
        ["codeReviewId"] = pull.Number,
        ["status"] = pull.IsOpen ? "active" : pull.MergeCommit is null ? "abandoned" : "completed",
        ["createdBy"] = new JsonObject { ["displayName"] = "Project Build Service", ["id"] = "54d125f7-69f7-4191-904f-c5b96b6261c8" },
        ["creationDate"] = "2026-11-26T10:00:00.0000000Z",
        ["title"] = pull.Title,
        ["description"] = pull.Text,
        ["sourceRefName"] = $"refs/heads/{pull.Branch}",
        ["targetRefName"] = $"refs/heads/{pull.Into}",
        ["mergeStatus"] = "succeeded",
        ["isDraft"] = false,
        ["lastMergeCommit"] = pull.MergeCommit is null ? null : new JsonObject { ["commitId"] = pull.MergeCommit },
        ["labels"] = new JsonArray([.. pull.Labels.Select(label => new JsonObject { ["id"] = "label", ["name"] = label, ["active"] = true })]),
    };

    private static string Name(JsonNode reference) => reference.GetValue<string>()["refs/heads/".Length..];

    private static ForgeAnswer Says(int status, string type, string message) =>
        ForgeAnswer.Of(status, new JsonObject { ["$id"] = "1", ["message"] = message, ["typeName"] = $"Microsoft.TeamFoundation.Git.Server.{type}", ["typeKey"] = type, ["errorCode"] = 0, ["eventId"] = 3000 });
}
