using System.Diagnostics;

namespace FaceEdge.Tests.Commands;

/// <summary>
/// A folder that the program may not look into, also where the tests run as root: there it belongs to somebody whom the program's user namespace does
/// not know.
/// </summary>
internal sealed class ClosedFolder : IAsyncDisposable
{
    private const string Stranger = "12345";

    private readonly string _path;
    private readonly string[] _prefix;

    private ClosedFolder(string path, string[] prefix)
    {
        _path = path;
        _prefix = prefix;
    }

    public static async Task<ClosedFolder> CloseAsync(string path)
    {
        var folder = new ClosedFolder(path, Environment.IsPrivilegedProcess ? UserNamespace.Prefix : []);
        if (Environment.IsPrivilegedProcess)
        {
            await UserNamespace.RequireAsync();
            await RunAsync("chown", Stranger, path);
        }

        await RunAsync("chmod", "000", path);
        return folder;
    }

    public Task<ProgramRun> AskAsync(params string[] args) => ProgramRun.RunAsync(new Dictionary<string, string?>(), _prefix, args);

    public async ValueTask DisposeAsync() => await RunAsync("chmod", "700", _path);

    private static async Task RunAsync(string program, string first, string second)
    {
        using var process = Process.Start(program, [first, second]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
