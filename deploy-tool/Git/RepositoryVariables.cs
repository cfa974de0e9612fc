namespace FaceEdge.Deploy.Git;

/// <summary>
/// The variables that tell git which repository it is in. They win over the directory that git is started in, and a hook of another
/// repository hands them to all that it runs, so that they are taken out of the environment of every process that is or may start git.
/// </summary>
internal static class RepositoryVariables
{
    /// <summary>What <c>git rev-parse --local-env-vars</c> prints; git 2.39 is the last with GIT_INTERNAL_SUPER_PREFIX.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    ];

    /// <summary>Takes them out of the environment of a process that is to be started.</summary>
    public static void RemoveFrom(IDictionary<string, string?> environment)
    {
        foreach (var name in Names)
        {
            environment.Remove(name);
        }
    }
}
