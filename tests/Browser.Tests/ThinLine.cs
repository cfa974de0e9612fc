using System.Diagnostics;
using System.Globalization;

namespace FaceEdge.Tests.Browser;

/// <summary>
/// A network of its own, joined to this machine by a line of a given rate both ways (Linux: network namespace, veth, token bucket filter). Skips the test
/// where that may not be made.
/// </summary>
internal sealed class ThinLine : IAsyncDisposable
{
    private static int _made;

    private readonly int _number = Interlocked.Increment(ref _made);
    private readonly string _name;

    private ThinLine()
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"fe{Environment.ProcessId}n{_number}");
        Address = AddressOf(1);
    }

    /// <summary>Of this machine, as the network behind the line knows it.</summary>
    public string Address { get; }

    /// <summary>A program that runs its arguments' Chromium behind the line.</summary>
    public string Program { get; private set; } = "";

    private string Outside => _name + "o";

    private string Inside => _name + "i";

    public static async Task<ThinLine> StartAsync(int kilobitsPerSecond, string program)
    {
        var line = new ThinLine();
        var peer = line.AddressOf(2);
        string[] steps =
        [
            $"ip netns add {line._name}",
            $"ip link add {line.Outside} type veth peer name {line.Inside} netns {line._name}",
            $"ip addr add {line.Address}/30 dev {line.Outside}",
            $"ip link set {line.Outside} up",
            $"ip -n {line._name} addr add {peer}/30 dev {line.Inside}",
            $"ip -n {line._name} link set {line.Inside} up",
            $"ip -n {line._name} link set lo up",
        ];
        foreach (var step in steps)
        {
            if (await RunAsync(step) is { Length: > 0 } error)
            {
                await line.DisposeAsync();
                Assert.Skip($"This machine makes no network of its own (root on Linux may): {step}: {error}");
            }
        }

        await line.LimitAsync(kilobitsPerSecond);
        line.Program = Path.Combine(Path.GetTempPath(), line._name + ".sh");
        await File.WriteAllTextAsync(line.Program, $"#!/bin/sh\nexec ip netns exec {line._name} {program} \"$@\"\n");
        Assert.Equal("", await RunAsync($"chmod 500 {line.Program}"));
        return line;
    }

    /// <summary>One of the two addresses of the line's network.</summary>
    private string AddressOf(int end) => string.Create(CultureInfo.InvariantCulture, $"10.231.{Environment.ProcessId % 250}.{(4 * _number) + end}");

    /// <summary>Gives the line another rate.</summary>
    public async Task LimitAsync(int kilobitsPerSecond)
    {
        foreach (var side in new[] { $"-n {_name} qdisc replace dev {Inside}", $"qdisc replace dev {Outside}" })
        {
            Assert.Equal("", await RunAsync($"tc {side} root tbf rate {kilobitsPerSecond}kbit burst 8kb latency 500ms"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(Program.Length > 0 ? Program : Path.Combine(Path.GetTempPath(), _name));

        // Its end of the line, and with it the other one, goes with the network.
        await RunAsync($"ip netns del {_name}");
    }

    /// <returns>What it wrote as its error; empty when it did its work.</returns>
    private static async Task<string> RunAsync(string command)
    {
        var words = command.Split(' ');
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? "" : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
