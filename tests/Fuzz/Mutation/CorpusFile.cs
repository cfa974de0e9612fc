namespace FaceEdge.Fuzz.Mutation;

/// <summary>The inputs of a target that the repository keeps: one file, an input a line in Base64, so that a change of them reads as lines.</summary>
internal static class CorpusFile
{
    /// <summary>None where there is no file.</summary>
    public static IEnumerable<byte[]> Read(string root, string target) =>
        File.Exists(Name(root, target)) ? File.ReadLines(Name(root, target)).Select(Convert.FromBase64String) : [];

    public static void Write(string root, string target, IReadOnlyCollection<byte[]> inputs)
    {
        Directory.CreateDirectory(root);
        File.WriteAllLines(Name(root, target), inputs.Select(Convert.ToBase64String));
    }

    private static string Name(string root, string target) => Path.Combine(root, target + ".txt");
}
