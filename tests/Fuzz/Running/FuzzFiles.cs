namespace FaceEdge.Fuzz.Running;

/// <summary>Where a run reads and writes.</summary>
/// <param name="Work">A folder of the run's own.</param>
/// <param name="Corpus">The inputs in the repository.</param>
internal sealed record FuzzFiles(string Work, string Corpus)
{
    /// <summary>Inputs that went where none before had.</summary>
    public string Found => Path.Combine(Work, "found");

    /// <summary>Inputs that broke something, each with a text that says what.</summary>
    public string Findings => Path.Combine(Work, "findings");

    public CurrentInput OpenCurrent() => new(Path.Combine(Work, "current"));
}
