using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Tests.Forges;

/// <summary>
/// A host of one bare repository with pull requests, in the test process. What it answers is what its model's public documentation says; branches and
/// commits are those of the repository, and it merges in it as its model does.
/// </summary>
internal abstract class FakeForge : IAsyncDisposable
{
    public const string Token = "forge-token-71b2";

    private readonly HttpListener _listener;
    private readonly Lock _lock = new();
    private readonly Task _serving;

    protected FakeForge(string repository)
    {
        Git = new GitProcess(repository, new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "Ada",
            ["GIT_AUTHOR_EMAIL"] = "ada@example.com",
            ["GIT_COMMITTER_NAME"] = "GitHub",
            ["GIT_COMMITTER_EMAIL"] = "noreply@github.com",
        });
        (_listener, Host) = Listen();
        _serving = ServeAsync();
    }

    /// <summary>Address and port.</summary>
    public string Host { get; }

    /// <summary>The repository's page.</summary>
    public abstract string Page { get; }

    /// <summary>As the policy names it.</summary>
    public abstract string Kind { get; }

    public List<FakePullRequest> Pulls { get; } = [];

    /// <summary>Method and path of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Answers instead: status, body, headers; null to answer as usual.</summary>
    public Func<HttpListenerRequest, ForgeAnswer?> Fault { get; set; } = static _ => null;

    /// <summary>Called with each pull request that is asked for, before the response.</summary>
    public Action<FakePullRequest> WhenRead { get; set; } = static _ => { };

    protected GitProcess Git { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving;
    }

    public void Close(int number) => Pulls[number - 1].IsOpen = false;

    /// <summary>What somebody does on the pull request's page, or the host by itself.</summary>
    public void Merge(int number, MergeMethod method)
    {
        var pull = Pulls[number - 1];
        var (target, head) = (Commit(pull.Into)!, Commit(pull.Branch)!);
        var tree = Run("merge-tree", "--write-tree", target, head).Trim();
        var ours = Run("log", "--reverse", "--format=%H", head, "^" + target).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var commit = method switch
        {
            MergeMethod.MergeCommit => Write(tree, MergeMessage(pull), target, head),
            MergeMethod.MergeCommitWithText => Write(tree, $"{MergeMessage(pull)}\n\n{pull.Text}", target, head),
            MergeMethod.Squash => Write(tree, $"{SquashTitle(pull)}\n\n{SquashText(ours)}", target),
            MergeMethod.SquashWithText => Write(tree, $"{SquashTitle(pull)}\n\n{pull.AutoCompletes ?? pull.Text}", target),
            _ => Write(tree, Run("log", "-1", "--format=%B", ours[0]), target),
        };
        Run("update-ref", $"refs/heads/{pull.Into}", commit, target);
        (pull.IsOpen, pull.MergeCommit) = (false, commit);
    }

    /// <summary>The button that brings the target into a branch that is behind it.</summary>
    public void UpdateBranch(int number)
    {
        var pull = Pulls[number - 1];
        var (target, head) = (Commit(pull.Into)!, Commit(pull.Branch)!);
        var merge = Write(Run("merge-tree", "--write-tree", head, target).Trim(), $"Merge branch '{pull.Into}' into {pull.Branch}", head, target);
        Run("update-ref", $"refs/heads/{pull.Branch}", merge, head);
    }

    /// <summary>The commit of a branch; null when there is none.</summary>
    public string? Commit(string branch) =>
        Git.TryAsync(CancellationToken.None, "rev-parse", "--quiet", "--verify", $"refs/heads/{branch}").GetAwaiter().GetResult() is { Succeeded: true } found ? found.Output.Trim() : null;

    protected abstract ForgeAnswer Answer(string method, string path, IReadOnlyDictionary<string, string> query, JsonNode? body);

    protected abstract bool IsAuthorized(string? header);

    protected abstract ForgeAnswer Unauthorized();

    protected abstract string MergeMessage(FakePullRequest pull);

    protected abstract string SquashTitle(FakePullRequest pull);

    protected FakePullRequest Open(string branch, string into, string title, string text)
    {
        var pull = new FakePullRequest(Pulls.Count + 1, branch, into, title, text);
        Pulls.Add(pull);
        return pull;
    }

    /// <summary>Nothing is left to do where both are the same commit.</summary>
    protected bool IsAhead(string branch, string into) => Run("rev-list", "--count", $"{into}..{branch}").Trim() != "0";

    /// <summary>The message of the one commit below its subject, or a list of all.</summary>
    private string SquashText(string[] commits) => commits is [var one]
        ? Run("log", "-1", "--format=%b", one)
        : string.Join("\n\n", commits.Select(commit => $"* {Run("log", "-1", "--format=%B", commit).Trim()}"));

    private string Write(string tree, string message, params string[] parents)
    {
        var result = Git.RunAsync(
            ["commit-tree", tree, .. parents.SelectMany(parent => new[] { "-p", parent }), "-F", "-"],
            async input => await input.WriteAsync(Encoding.UTF8.GetBytes(message)),
            CancellationToken.None).GetAwaiter().GetResult();
        return result.Succeeded ? result.Output.Trim() : throw new InvalidOperationException(result.Error);
    }

    private string Run(params string[] arguments) => Git.RunAsync(CancellationToken.None, arguments).GetAwaiter().GetResult();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            await Task.Run(() => Serve(context));
        }
    }

    private void Serve(HttpListenerContext context)
    {
        var request = context.Request;
        Requests.Enqueue($"{request.HttpMethod} {request.Url!.PathAndQuery}");
        try
        {
            using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
            var text = reader.ReadToEnd();
            ForgeAnswer answer;
            lock (_lock)
            {
                answer = Fault(request)
                    ?? (IsAuthorized(request.Headers["Authorization"])
                        ? Answer(request.HttpMethod, request.Url.AbsolutePath, Query(request.Url), text.Length > 0 ? JsonNode.Parse(text) : null)
                        : Unauthorized());
            }

            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.Body.StartsWith('<') ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
            foreach (var (name, value) in answer.Headers)
            {
                context.Response.Headers[name] = value;
            }

            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            context.Response.Abort();
        }
    }

    private static Dictionary<string, string> Query(Uri url) => url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);

    /// <summary>Listens on a free port; another process may take it in between, and then the next is tried.</summary>
    private static (HttpListener Listener, string Host) Listen()
    {
        while (true)
        {
            var host = $"127.0.0.1:{FreePort.Take()}";
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://{host}/");
            try
            {
                listener.Start();
                return (listener, host);
            }
            catch (HttpListenerException)
            {
                listener.Abort();
            }
        }
    }
}

/// <summary>An answer of a fake host.</summary>
internal sealed record ForgeAnswer(int Status, string Body, params (string Name, string Value)[] Headers)
{
    public static ForgeAnswer Of(int status, JsonNode body) => new(status, body.ToJsonString());
}
