using System.Diagnostics;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Takes pictures of pages with the system's Chromium, for people who want to look.</summary>
internal static class Screenshot
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1280,1000", "--timeout=8000",
    ];

    public static async Task TakeAsync(string url, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var profile = Directory.CreateTempSubdirectory("faceedge-profile-");
        try
        {
            using var process = Process.Start(new ProcessStartInfo("chromium", [.. Flags, $"--user-data-dir={profile.FullName}", $"--screenshot={file}", url])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var read = Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await read;
        }
        finally
        {
            profile.Delete(recursive: true);
        }

        Assert.True(File.Exists(file), $"chromium took no picture of {url}");
    }
}
