namespace FaceEdge.Tests.Browser;

/// <summary>Two seconds of the drawn scene as Chromium's fake camera takes them.</summary>
internal static class Film
{
    /// <summary>Writes it; the caller deletes the file.</summary>
    public static string Write()
    {
        var folder = Directory.CreateTempSubdirectory("faceedge-film-");
        Demo.DemoDump.Write(
            Demo.DemoSettings.Default with { Width = 640, Height = 360, Faces = 3 },
            Demo.DumpKind.Moving,
            20,
            folder.FullName,
            new Progress<double>(),
            TestContext.Current.CancellationToken);
        var film = Path.GetTempFileName() + ".mjpeg";
        using (var output = File.Create(film))
        {
            foreach (var frame in Directory.GetFiles(folder.FullName, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                output.Write(File.ReadAllBytes(frame));
            }
        }

        folder.Delete(recursive: true);
        return film;
    }
}
