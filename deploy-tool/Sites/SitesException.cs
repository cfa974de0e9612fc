using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Sites;

/// <summary>A file of the sites folder that cannot be used as it is.</summary>
/// <param name="message">Which file, where in it, and what is wrong.</param>
/// <param name="remedy">What to do about it: an imperative sentence without a full stop.</param>
internal sealed class SitesException(string message, string remedy) : ExplainedException(Failure.Unusable, message, remedy, inner: null);
