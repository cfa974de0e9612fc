using System.Globalization;
using System.Net;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Octokit;
using Octokit.Internal;

namespace FaceEdge.Deploy.Forges;

/// <summary>
/// GitHub and GitHub Enterprise, by its REST API (https://docs.github.com/rest/pulls); merging by itself is offered by its GraphQL API alone
/// (mutation enablePullRequestAutoMerge).
/// </summary>
internal sealed class GitHubForge : IForge
{
    /// <summary>A repository's setting allows others, and a squash is one commit whatever the branch holds.</summary>
    private const string AutoMerge =
        "mutation($id: ID!, $title: String!, $text: String!) { enablePullRequestAutoMerge(input: "
        + "{ pullRequestId: $id, mergeMethod: SQUASH, commitHeadline: $title, commitBody: $text }) { clientMutationId } }";

    /// <summary>Part of the words with which GitHub says that nothing is left to wait for.</summary>
    private const string CleanStatus = "clean status";

    private const string ThereAlready = "already exists";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClientAdapter _http = new(static () => new JsonAnswers { InnerHandler = HttpMessageHandlerFactory.CreateDefault() });
    private readonly ForgeRepository _repository;
    private readonly GitHubClient _client;
    private readonly Uri _graph;
    private readonly ForgeFaults _faults;
    private readonly Retries _retries;
    private readonly TimeProvider _time;

    public GitHubForge(ForgeRepository repository, ForgeToken token, TimeProvider time)
    {
        var (api, graph) = Endpoints(repository.Page);
        var connection = new Connection(
            new ProductHeaderValue("deploy-tool"), api, new InMemoryCredentialStore(new Credentials(token.Value)), _http, new SimpleJsonSerializer());
        connection.SetRequestTimeout(Timeout);
        _repository = repository;
        _client = new GitHubClient(connection);
        _graph = graph;
        _faults = new ForgeFaults(repository.DisplayName);
        _retries = new Retries(time);
        _time = time;
    }

    public string Name => _repository.DisplayName;

    public int LongestText => 65_536;

    public async Task<PullRequest?> FindAsync(string branch, string into, CancellationToken cancellation)
    {
        var which = new PullRequestRequest
        {
            Head = $"{_repository.Owner}:{branch}",
            Base = into,
            State = ItemStateFilter.All,
            SortProperty = PullRequestSort.Created,
            SortDirection = SortDirection.Descending,
        };
        var found = await AskAsync(
            () => _client.PullRequest.GetAllForRepository(_repository.Owner, _repository.Name, which, new ApiOptions { PageSize = 30, PageCount = 1 }), cancellation);
        return (found.FirstOrDefault(one => one.State.Value == ItemState.Open) ?? (found is [var newest, ..] ? newest : null)) is { } pull ? Read(pull) : null;
    }

    public async Task<PullRequest> ReadAsync(int number, CancellationToken cancellation) =>
        Read(await AskAsync(() => _client.PullRequest.Get(_repository.Owner, _repository.Name, number), cancellation));

    public async Task<PullRequest> OpenAsync(PullRequestDraft draft, CancellationToken cancellation)
    {
        try
        {
            return Read(await AskAsync(
                () => _client.PullRequest.Create(_repository.Owner, _repository.Name, new NewPullRequest(draft.Title, draft.Branch, draft.Into) { Body = draft.Text }), cancellation));
        }
        catch (ForgeException exception) when (exception.IsThereAlready)
        {
            if (await FindAsync(draft.Branch, draft.Into, cancellation) is { State: PullRequestState.Open } quicker)
            {
                return quicker;
            }

            throw;
        }
    }

    public async Task<PullRequest> UpdateAsync(int number, PullRequestDraft draft, CancellationToken cancellation) => Read(await AskAsync(
        () => _client.PullRequest.Update(_repository.Owner, _repository.Name, number, new PullRequestUpdate { Title = draft.Title, Body = draft.Text }), cancellation));

    public Task LabelAsync(int number, IReadOnlyList<string> labels, CancellationToken cancellation) =>
        AskAsync(() => _client.Issue.Labels.AddToIssue(_repository.Owner, _repository.Name, number, [.. labels]), cancellation);

    public async Task CompleteAutomaticallyAsync(PullRequest open, PullRequestDraft draft, CancellationToken cancellation)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"{draft.Title} (#{open.Number})");
        var body = new JsonObject
        {
            ["query"] = AutoMerge,
            ["variables"] = new JsonObject { ["id"] = open.NodeId, ["title"] = title, ["text"] = draft.CommitText },
        };
        var response = await AskAsync(() => _client.Connection.Post<object>(_graph, body.ToJsonString(), "application/json", "application/json"), cancellation);
        if (FirstError(response.HttpResponse.Body as string) is not { } error)
        {
            return;
        }

        if (!error.Contains(CleanStatus, StringComparison.OrdinalIgnoreCase))
        {
            throw ForgeException.Refused($"{Name} does not merge it by itself: {error}", "allow auto-merge in the repository's settings, or merge it by hand");
        }

        var merge = new MergePullRequest { CommitTitle = title, CommitMessage = draft.CommitText, MergeMethod = PullRequestMergeMethod.Squash };
        await AskAsync(() => _client.PullRequest.Merge(_repository.Owner, _repository.Name, open.Number, merge), cancellation);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Of github.com, of an Enterprise Cloud host with data residency, and of an Enterprise Server.</summary>
    private static (Uri Api, Uri Graph) Endpoints(Uri page) =>
        page.Host == "github.com" || page.Host.EndsWith(".ghe.com", StringComparison.Ordinal)
            ? (new Uri($"https://api.{page.Authority}/"), new Uri($"https://api.{page.Authority}/graphql"))
            : (new Uri(page, "/api/v3/"), new Uri(page, "/api/graphql"));

    private static PullRequest Read(Octokit.PullRequest pull) => new(
        pull.Number,
        new Uri(pull.HtmlUrl),
        pull.MergedAt is not null ? PullRequestState.Merged : pull.State.Value == ItemState.Open ? PullRequestState.Open : PullRequestState.Closed,
        pull.Title,
        (pull.Body ?? "").ReplaceLineEndings("\n"),
        [.. (pull.Labels ?? []).Select(label => label.Name)],
        pull.MergedAt is null ? null : pull.MergeCommitSha)
    {
        NodeId = pull.NodeId,
    };

    /// <summary>GraphQL answers 200 to what it does not do.</summary>
    private static string? FirstError(string? json)
    {
        using var document = JsonDocument.Parse(json is { Length: > 0 } ? json : "{}");
        return document.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0
            ? errors[0].TryGetProperty("message", out var message) ? message.GetString() ?? "no reason given" : "no reason given"
            : null;
    }

    private Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellation) => _retries.RunAsync(
        async () =>
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await request() ?? throw _faults.Strange();
            }
            catch (ApiException exception)
            {
                throw Explain(exception);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                throw _faults.Away(exception);
            }
            catch (Exception exception) when (exception is JsonException or SerializationException or FormatException or InvalidCastException or InvalidDataException)
            {
                throw _faults.Strange(exception);
            }
        },
        cancellation);

    private ForgeException Explain(ApiException exception)
    {
        var words = string.Join("; ", new[] { exception.ApiError?.Message ?? exception.Message }
            .Concat((exception.ApiError?.Errors ?? []).Select(error => error.Message ?? $"{error.Resource} {error.Field}: {error.Code}")));
        var needs = Header(exception, "X-Accepted-GitHub-Permissions") ?? Header(exception, "X-Accepted-OAuth-Scopes");
        return exception.StatusCode == HttpStatusCode.UnprocessableEntity && words.Contains(ThereAlready, StringComparison.OrdinalIgnoreCase)
            ? ForgeException.ThereAlready($"{Name} has such a pull request already: {words}", "run it again", exception)
            : _faults.ForResponse(exception.StatusCode, words, RetryAfter(exception), needs, exception);
    }

    /// <summary>What a limit asks to wait (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).</summary>
    private TimeSpan? RetryAfter(ApiException exception)
    {
        if (int.TryParse(Header(exception, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (Header(exception, "X-RateLimit-Remaining") == "0"
            && long.TryParse(Header(exception, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset))
        {
            var wait = DateTimeOffset.FromUnixTimeSeconds(reset) - _time.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        // A secondary limit without a header: GitHub asks for at least a minute.
        return exception is SecondaryRateLimitExceededException or AbuseException ? TimeSpan.FromMinutes(1) : null;
    }

    private static string? Header(ApiException exception, string name) =>
        exception.HttpResponse?.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } value ? value : null;

    /// <summary>Octokit reads a page for people, such as a proxy's, as an empty answer.</summary>
    private sealed class JsonAnswers : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType is "application/json")
            {
                return response;
            }

            response.Dispose();
            throw new InvalidDataException("The answer is no JSON.");
        }
    }
}
