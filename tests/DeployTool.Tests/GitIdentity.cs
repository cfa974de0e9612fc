using System.Runtime.CompilerServices;

namespace FaceEdge.Deploy.Tests;

/// <summary>Who commits is what a test's repository says: the pipeline's own identity, in variables of the process, would win.</summary>
internal static class GitIdentity
{
    [ModuleInitializer]
    internal static void Forget()
    {
        foreach (var name in new[] { "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
