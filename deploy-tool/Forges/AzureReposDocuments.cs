using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Forges;

/// <summary>"GitPullRequest" of the Azure DevOps REST API 7.1, as far as it is read.</summary>
internal sealed record AzurePullRequest(
    int PullRequestId, string Status, string? Title, string? Description, AzureIdentity? CreatedBy, IReadOnlyList<AzureLabel>? Labels, AzureCommit? LastMergeCommit);

internal sealed record AzurePullRequestList(IReadOnlyList<AzurePullRequest> Value);

internal sealed record AzureIdentity(string Id);

internal sealed record AzureLabel(string Name);

internal sealed record AzureCommit(string CommitId);

/// <summary>What a pull request is made or changed with; what is null is not sent.</summary>
internal sealed record AzurePullRequestChange
{
    public string? SourceRefName { get; init; }

    public string? TargetRefName { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public AzureIdentity? AutoCompleteSetBy { get; init; }

    public AzureCompletionOptions? CompletionOptions { get; init; }
}

/// <summary>"GitPullRequestCompletionOptions".</summary>
internal sealed record AzureCompletionOptions(string MergeStrategy, bool DeleteSourceBranch, string MergeCommitMessage);

/// <summary>The body of an answer that is none: "WrappedException".</summary>
internal sealed record AzureFault(string? Message, string? TypeKey);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(AzurePullRequest))]
[JsonSerializable(typeof(AzurePullRequestList))]
[JsonSerializable(typeof(AzurePullRequestChange))]
[JsonSerializable(typeof(AzureLabel))]
[JsonSerializable(typeof(AzureFault))]
internal sealed partial class AzureReposJson : JsonSerializerContext;
