using System.Security.Cryptography;
using FaceEdge.ModelPull;
using FaceEdge.Models;
using FaceEdge.Tests.Capture;

namespace FaceEdge.Tests.Models;

public sealed class ModelPullerTests : IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(200_000);

    private readonly TemporaryFolder _cache = new();
    private readonly TemporaryFolder _mirror = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _mirror.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task A_mirror_folder_fills_the_cache_and_only_the_model_is_left_there()
    {
        _mirror.Write("tiny.onnx", Content);

        Assert.Equal(PullOutcome.Pulled, await PullAsync(_mirror.Path));

        Assert.Equal([_cache.File(Entry().CacheFile)], Directory.GetFiles(_cache.Path));
        Assert.Equal(Content, new ModelStore(_cache.Path, null).Open(Entry())!.Content);
    }

    [Fact]
    public async Task What_is_in_the_cache_is_not_pulled_again()
    {
        _mirror.Write("tiny.onnx", Content);
        await PullAsync(_mirror.Path);
        File.Delete(_mirror.File("tiny.onnx"));

        Assert.Equal(PullOutcome.AlreadyThere, await PullAsync(_mirror.Path));
    }

    [Fact]
    public async Task A_damaged_file_in_the_cache_is_replaced()
    {
        _cache.Write(Entry().CacheFile, [1, 2, 3]);
        _mirror.Write("tiny.onnx", Content);

        Assert.Equal(PullOutcome.Pulled, await PullAsync(_mirror.Path));
        Assert.Equal(Content, File.ReadAllBytes(_cache.File(Entry().CacheFile)));
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_stopped()
    {
        await using var server = await ModelServer.StartAsync("/models/tiny.onnx", Content);
        server.AnswersToBreak = 1;
        var partial = new FileInfo(_cache.File(Entry().CacheFile + ".partial"));
        server.HasArrived = () =>
        {
            partial.Refresh();
            return partial.Exists && partial.Length >= Content.Length / 2;
        };

        Assert.Equal(PullOutcome.Pulled, await PullAsync(server.Address + "/models"));

        Assert.Equal(["", "bytes=100000-"], server.Ranges);
        Assert.Equal(Content, File.ReadAllBytes(_cache.File(Entry().CacheFile)));
    }

    [Fact]
    public async Task Another_file_under_the_model_s_name_is_refused_and_nothing_stays()
    {
        var other = (byte[])Content.Clone();
        other[100] ^= 1;
        await using var server = await ModelServer.StartAsync("/tiny.onnx", other);

        var refusal = await Assert.ThrowsAsync<ModelPullException>(() => PullAsync(server.Address));

        Assert.StartsWith("What was pulled for tiny is 200000 bytes with SHA-256 ", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_cache.File(Entry().CacheFile)));
        Assert.All(Directory.GetFiles(_cache.Path), file => Assert.Equal(0, new FileInfo(file).Length));
    }

    [Fact]
    public async Task A_file_longer_than_the_catalogue_says_is_refused()
    {
        await using var server = await ModelServer.StartAsync("/tiny.onnx", [.. Content, 0]);

        var refusal = await Assert.ThrowsAsync<ModelPullException>(() => PullAsync(server.Address));

        Assert.Equal($"{server.Address}/tiny.onnx is longer than the 200000 bytes that the catalogue gives for tiny; nothing was kept.", refusal.Message);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_reported_with_what_to_do()
    {
        await using var server = await ModelServer.StartAsync("/other", Content);

        var refusal = await Assert.ThrowsAsync<ModelPullException>(() => PullAsync(server.Address));

        Assert.StartsWith($"tiny cannot be pulled from {server.Address}/tiny.onnx: ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Set FACEEDGE_MODEL_MIRROR to a folder or address that holds tiny.onnx.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_that_pull_at_once_all_end_with_the_model()
    {
        await using var server = await ModelServer.StartAsync("/tiny.onnx", Content);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PullAsync(server.Address))));

        Assert.DoesNotContain(PullOutcome.Embedded, outcomes);
        Assert.Equal([_cache.File(Entry().CacheFile)], Directory.GetFiles(_cache.Path));
        Assert.Equal(Content, File.ReadAllBytes(_cache.File(Entry().CacheFile)));
    }

    [Fact]
    public void A_damaged_copy_is_not_opened_and_the_command_that_fixes_it_is_named()
    {
        _cache.Write(Entry().CacheFile, [1, 2, 3]);

        var refusal = Assert.Throws<InvalidModelException>(() => new ModelStore(_cache.Path, null).Open(Entry()));

        Assert.StartsWith($"Model {_cache.File(Entry().CacheFile)} is not tiny: 3 bytes with SHA-256 ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Run: face-detector models pull tiny", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_beginning_that_a_failed_machine_left_damaged_is_thrown_away()
    {
        await using var server = await ModelServer.StartAsync("/models/tiny.onnx", Content);
        _cache.Write(Entry().CacheFile + ".partial", new byte[100_000]);

        Assert.Equal(PullOutcome.Pulled, await PullAsync(server.Address + "/models"));

        Assert.Equal(Content, File.ReadAllBytes(_cache.File(Entry().CacheFile)));
        Assert.Equal(["bytes=100000-", ""], server.Ranges);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_server_that_falls_silent_is_given_up_and_what_came_stays_for_the_next_time()
    {
        await using var server = await ModelServer.StartAsync("/tiny.onnx", Content);
        server.AnswersToStall = int.MaxValue;
        var clock = new ManualClock();

        var pull = Puller(server.Address, clock).PullAsync(Entry(), null, TestContext.Current.CancellationToken);
        while (!pull.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Contains("The server said nothing for 100 s.", (await Assert.ThrowsAsync<ModelPullException>(() => pull)).Message, StringComparison.Ordinal);
        Assert.Equal([_cache.File(Entry().CacheFile + ".partial")], Directory.GetFiles(_cache.Path));
    }

    [Fact]
    public void A_mirror_that_is_neither_folder_nor_address_is_refused()
        => Assert.Equal(
            "FACEEDGE_MODEL_MIRROR is '/not/there'; allowed: a folder that exists, or an http(s) address.",
            Assert.Throws<InvalidModelSourceException>(() => ModelMirror.Parse("/not/there")).Message);

    private static CatalogueEntry Entry() => new(
        new ModelDescription("tiny", "test", Convert.ToHexStringLower(SHA256.HashData(Content)), Content.Length, "MIT", 0.6f, 0.45f),
        "tiny.onnx",
        new Uri("https://example.org/tiny.onnx"),
        null);

    private Task<PullOutcome> PullAsync(string mirror) => Puller(mirror, TimeProvider.System).PullAsync(Entry(), null, TestContext.Current.CancellationToken);

    private ModelPuller Puller(string mirror, TimeProvider time) => new(new ModelStore(_cache.Path, ModelMirror.Parse(mirror)), _http, time);
}
