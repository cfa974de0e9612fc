using System.Globalization;
using System.Text.Json.Nodes;

namespace FaceEdge.Tests.Forges;

/// <summary>
/// GitHub Enterprise, as https://docs.github.com/rest/pulls documents its REST API, and https://docs.github.com/graphql/reference/mutations the one
/// mutation enablePullRequestAutoMerge.
/// </summary>
internal sealed class FakeGitHub(string repository) : FakeForge(repository)
{
    private const string Pull = "/api/v3/repos/faceedge/sites/pulls";
    private const string Issue = "/api/v3/repos/faceedge/sites/issues/";

    public override string Page => $"http://{Host}/faceedge/sites";

    public override string Kind => "github";

    /// <summary>Whether the repository's settings allow auto-merge.</summary>
    public bool AllowsAutoMerge { get; set; } = true;

    /// <summary>Whether a rule holds merges until somebody reviews them.</summary>
    public bool WaitsForReview { get; set; } = true;

    protected override bool IsAuthorized(string? header) => header == $"Token {Token}";

    protected override ForgeAnswer Unauthorized() => Fault401;

    protected override string MergeMessage(FakePullRequest pull) => $"Merge pull request #{pull.Number} from faceedge/{pull.Branch}\n\n{pull.Title}";

    protected override string SquashTitle(FakePullRequest pull) => $"{pull.Title} (#{pull.Number})";

    private static ForgeAnswer Fault401 => Error(401, "Bad credentials");

    protected override ForgeAnswer Answer(string method, string path, IReadOnlyDictionary<string, string> query, JsonNode? body)
    {
        if (path == "/api/graphql")
        {
            return AutoMerge(body!);
        }

        if (path == Pull)
        {
            return method == "POST" ? Create(body!) : ForgeAnswer.Of(200, new JsonArray([.. Pulls
                .Where(pull => query["head"] == $"faceedge:{pull.Branch}" && query["base"] == pull.Into && (query["state"] == "all" || pull.IsOpen))
                .OrderByDescending(pull => pull.Number).Select(Document)]));
        }

        if (path.StartsWith(Issue, StringComparison.Ordinal) && path.EndsWith("/labels", StringComparison.Ordinal))
        {
            var labelled = Pulls[Number(path[Issue.Length..^"/labels".Length]) - 1];
            labelled.Labels.AddRange(body!.AsArray().Select(label => label!.GetValue<string>()));
            return ForgeAnswer.Of(200, Labels(labelled));
        }

        if (!path.StartsWith(Pull + "/", StringComparison.Ordinal))
        {
            return Error(404, "Not Found");
        }

        var rest = path[(Pull.Length + 1)..].Split('/');
        var one = Pulls[Number(rest[0]) - 1];
        if (rest is [_, "merge"] && method == "PUT")
        {
            one.AutoCompletes = body!["commit_message"]!.GetValue<string>();
            Merge(one.Number, MergeMethod.SquashWithText);
            return ForgeAnswer.Of(200, new JsonObject { ["sha"] = one.MergeCommit, ["merged"] = true, ["message"] = "Pull Request successfully merged" });
        }

        if (method == "PATCH")
        {
            (one.Title, one.Text) = (body!["title"]?.GetValue<string>() ?? one.Title, body["body"]?.GetValue<string>() ?? one.Text);
        }
        else
        {
            WhenRead(one);
        }

        return ForgeAnswer.Of(200, Document(one));
    }

    private ForgeAnswer Create(JsonNode body)
    {
        var (head, into) = (body["head"]!.GetValue<string>(), body["base"]!.GetValue<string>());
        if (Commit(head) is null)
        {
            return Invalid(new JsonObject { ["resource"] = "PullRequest", ["field"] = "head", ["code"] = "invalid" });
        }

        if (Pulls.Exists(pull => pull.IsOpen && pull.Branch == head && pull.Into == into))
        {
            return Invalid(new JsonObject { ["resource"] = "PullRequest", ["code"] = "custom", ["message"] = $"A pull request already exists for faceedge:{head}." });
        }

        return IsAhead(head, into)
            ? ForgeAnswer.Of(201, Document(Open(head, into, body["title"]!.GetValue<string>(), body["body"]!.GetValue<string>())))
            : Invalid(new JsonObject { ["resource"] = "PullRequest", ["code"] = "custom", ["message"] = $"No commits between {into} and {head}" });
    }

    private ForgeAnswer AutoMerge(JsonNode body)
    {
        var variables = body["variables"]!;
        var pull = Pulls.Find(one => NodeId(one) == variables["id"]!.GetValue<string>())!;
        if (!AllowsAutoMerge)
        {
            return Unprocessable("Auto merge is not allowed for this repository");
        }

        if (!WaitsForReview)
        {
            return Unprocessable("Pull request Pull request is in clean status");
        }

        pull.AutoCompletes = variables["text"]!.GetValue<string>();
        return ForgeAnswer.Of(200, new JsonObject { ["data"] = new JsonObject { ["enablePullRequestAutoMerge"] = new JsonObject { ["clientMutationId"] = null } } });

        static ForgeAnswer Unprocessable(string message) => ForgeAnswer.Of(200, new JsonObject
        {
            ["data"] = new JsonObject { ["enablePullRequestAutoMerge"] = null },
            ["errors"] = new JsonArray(new JsonObject { ["type"] = "UNPROCESSABLE", ["path"] = new JsonArray("enablePullRequestAutoMerge"), ["message"] = message }),
        });
    }

    private JsonNode Document(FakePullRequest pull) => new JsonObject
    {
        ["id"] = 1000 + pull.Number,
        ["node_id"] = NodeId(pull),
        ["number"] = pull.Number,
        ["html_url"] = $"{Page}/pull/{pull.Number}",
        ["url"] = $"http://{Host}{Pull}/{pull.Number}",
        ["state"] = pull.IsOpen ? "open" : "closed",
        ["title"] = pull.Title,
        ["body"] = pull.Text.ReplaceLineEndings("\r\n"),
        ["labels"] = Labels(pull),
        ["created_at"] = "2026-11-26T10:00:00Z",
        ["updated_at"] = "2026-11-26T10:00:00Z",
        ["merged_at"] = pull.MergeCommit is null ? null : "2026-11-26T11:00:00Z",
        ["merge_commit_sha"] = pull.MergeCommit,
        ["head"] = new JsonObject { ["ref"] = pull.Branch, ["label"] = $"faceedge:{pull.Branch}", ["sha"] = Commit(pull.Branch) },
        ["base"] = new JsonObject { ["ref"] = pull.Into, ["label"] = $"faceedge:{pull.Into}", ["sha"] = Commit(pull.Into) },
        ["user"] = new JsonObject { ["login"] = "pipeline", ["id"] = 1 },
        ["draft"] = false,
    };

    private static JsonArray Labels(FakePullRequest pull) => new([.. pull.Labels.Select((label, id) => new JsonObject { ["id"] = id, ["name"] = label, ["color"] = "ededed" })]);

    private static string NodeId(FakePullRequest pull) => $"PR_{pull.Number}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ForgeAnswer Invalid(JsonObject error) => ForgeAnswer.Of(422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(error) });

    private static ForgeAnswer Error(int status, string message) =>
        ForgeAnswer.Of(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest", ["status"] = $"{status}" });
}
