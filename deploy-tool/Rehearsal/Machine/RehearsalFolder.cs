using System.Text.Json;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>
/// Everything that a rehearsal keeps: the Git remote, the registry's data, the agent, the sites, the runs. A second rehearsal in the same
/// folder goes on where the first one ended.
/// </summary>
/// <param name="Root">The folder.</param>
internal sealed record RehearsalFolder(string Root)
{
    public string Remote => Path.Combine(Root, "remote.git");

    /// <summary>A clone in which the remote's commits are made.</summary>
    public string Desk => Path.Combine(Root, "desk");

    public string Registry => Path.Combine(Root, "registry");

    public string Agent => Path.Combine(Root, "agent");

    /// <summary>Labelled drawn scenes, where the machine has no evaluation set.</summary>
    public string EvaluationSet => Path.Combine(Root, "evaluation");

    private string StateFile => Path.Combine(Root, "rehearsal.json");

    private string LockFile => Path.Combine(Root, "rehearsal.lock");

    public string Site(string environment, string name) => Path.Combine(Root, "sites", environment, name);

    public string Run(string number) => Path.Combine(Root, "runs", number);

    /// <summary>Takes the folder for this process; the lock is the operating system's.</summary>
    /// <exception cref="DeployException">Another rehearsal has it.</exception>
    public FileStream Lock()
    {
        Directory.CreateDirectory(Root);
        try
        {
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw DeployException.Undecided($"another rehearsal works in {Root}", "end it (Ctrl+C), or give this one another --folder", exception);
        }
    }

    public RehearsalState Load() => File.Exists(StateFile)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(StateFile), RehearsalJson.Default.RehearsalState) ?? new RehearsalState()
        : new RehearsalState();

    public void Save(RehearsalState state) =>
        AtomicFile.Write(StateFile, JsonSerializer.SerializeToUtf8Bytes(state, RehearsalJson.Default.RehearsalState));
}

/// <summary>What one rehearsal hands on to the next.</summary>
internal sealed record RehearsalState
{
    /// <summary>Runs so far.</summary>
    public int Runs { get; init; }

    /// <summary>Ports by what listens there, so that pages keep their addresses.</summary>
    public Dictionary<string, int> Ports { get; init; } = [];

    /// <summary>The port that <paramref name="name"/> had, or a free one from now on.</summary>
    public int PortOf(string name)
    {
        if (!Ports.TryGetValue(name, out var port))
        {
            do
            {
                port = FreePort.Take();
            }
            while (Ports.ContainsValue(port));
            Ports[name] = port;
        }

        return port;
    }
}
