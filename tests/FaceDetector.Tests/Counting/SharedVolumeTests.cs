using System.Net;
using FaceEdge.Counting;
using FaceEdge.Tests.Abuse;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Counting;

/// <summary>The two pods of a rollout on one volume: processes of their own that watch the same camera.</summary>
public sealed class SharedVolumeTests
{
    private const string Key = "a-key-to-look";
    private const int Faces = 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Two_pods_on_one_volume_keep_what_each_counted_and_know_each_others_sign_ins()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pods run on Linux.");
        using var volume = new TemporaryFolder();
        await using var leaving = new ServiceProcess { Settings = ["--Counts:Path=" + volume.Path, "--Page:Key=" + Key] };
        await using var coming = new ServiceProcess { Settings = ["--Counts:Path=" + volume.Path, "--Page:Key=" + Key] };
        foreach (var pod in (ServiceProcess[])[leaving, coming])
        {
            pod.Client.DefaultRequestHeaders.Add("X-Page-Key", Key);
            await pod.InitializeAsync();
        }

        foreach (var pod in (ServiceProcess[])[leaving, coming])
        {
            await pod.UntilAsync(async () => await PassedAsync(pod) >= Faces);
        }

        using var visitor = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        await visitor.PostAsync(new Uri(leaving.Address, "sign-in"), new FormUrlEncodedContent([new("key", Key)]), Cancellation);

        // Cookies know hosts and not ports: the visitor's goes to the other pod too.
        var seen = await visitor.GetAsync(new Uri(coming.Address, "api/v1/info"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);

        await leaving.StopAsync();
        await coming.StopAsync();

        var files = Directory.GetFiles(Path.Combine(volume.Path, "counts", "camera"), "*.csv").Select(file => CountFile.Read(File.ReadAllText(file), out _)).ToList();
        int[] together = [.. Enumerable.Range(0, CountHistory.MinutesADay).Select(minute => files.Max(file => file[minute].Passed))];
        Assert.True(files.Count >= 2);
        // A pod that a busy machine stops for seconds may count somebody again; what both counted must not be added up.
        Assert.InRange(together.Max(), 1, (2 * Faces) - 1);
        Assert.Contains(files, file => file.Select(minute => minute.Passed).SequenceEqual(together));
    }

    private static async Task<int> PassedAsync(ServiceProcess pod)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await pod.Client.GetStringAsync("/api/v1/counts?step=day", Cancellation));
        return answer.RootElement.GetProperty("cameras")[0].GetProperty("counts").EnumerateArray().Sum(day => day.GetProperty("passed").GetInt32());
    }
}
