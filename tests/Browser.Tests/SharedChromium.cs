namespace FaceEdge.Tests.Browser;

/// <summary>The browser that all tests of an assembly share: it starts with the first that asks for it and ends after the last.</summary>
public sealed class SharedChromium : IAsyncDisposable
{
    private static readonly Lazy<Task<RunningChromium>> Shared = new(() => RunningChromium.StartAsync());

    public async ValueTask DisposeAsync()
    {
        if (Shared.IsValueCreated && Shared.Value.IsCompletedSuccessfully)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    internal static Task<RunningChromium> StartAsync() => Shared.Value;
}
