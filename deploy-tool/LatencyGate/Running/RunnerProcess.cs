using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>One fresh measured process, from its start to its end.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    /// <summary>Start and warm-up, and one turn, take seconds; a process that needs this long hangs.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly string _name;

    private RunnerProcess(Process process, Side side, RunnerCommand command)
    {
        _process = process;
        _name = $"the {side.ToString().ToLowerInvariant()} runner ({command})";
        _error = process.StandardError.ReadToEndAsync();
    }

    public RunnerReady Ready { get; private set; } = null!;

    /// <summary>Starts a process and waits until it has warmed up.</summary>
    /// <exception cref="LatencyGateException">It cannot be started, breaks off, hangs, or speaks another protocol.</exception>
    public static async Task<RunnerProcess> StartAsync(Side side, RunnerCommand command, CancellationToken cancellation)
    {
        RunnerProcess runner;
        try
        {
            runner = new RunnerProcess(Process.Start(command.ToStartInfo())!, side, command);
        }
        catch (Win32Exception exception)
        {
            throw LatencyGateException.Unavailable($"cannot start {command}: {ChildProcess.StartFault(exception)}", "check the command", exception);
        }

        try
        {
            runner.Ready = await runner.ReadAsync(LatencyGateJson.Default.RunnerReady, cancellation);
            if (runner.Ready.Protocol != RunnerProtocol.Version)
            {
                throw LatencyGateException.Unavailable(
                    $"{runner._name} speaks {runner.Ready.Protocol}, not {RunnerProtocol.Version}", "compare with a base that speaks the same");
            }

            return runner;
        }
        catch
        {
            await runner.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has the process measure one turn.</summary>
    /// <exception cref="LatencyGateException">It broke off, hangs, or answers what is no turn.</exception>
    public async Task<TurnResult> MeasureAsync(TurnRequest request, CancellationToken cancellation)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, LatencyGateJson.Default.TurnRequest).AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
        }
        catch (IOException exception)
        {
            throw await BrokeOffAsync(exception);
        }

        var turn = await ReadAsync(LatencyGateJson.Default.TurnResult, cancellation);
        return IsWhole(turn.Nanoseconds, request) && IsWhole(turn.CpuNanoseconds, request) && IsPartOf(turn.Nanoseconds, turn.WaitNanoseconds)
            ? turn
            : throw LatencyGateException.Unavailable($"{_name} answered {request.Samples} samples of {request.Benchmark} with something else", "fix the runner");
    }

    /// <summary>Ends the process: by the end of its input, and by force when it does not end then.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(ExitTimeout);
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            ChildProcess.Kill(_process);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<T> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(ResponseTimeout);
        string? line;
        try
        {
            line = await _process.StandardOutput.ReadLineAsync(timeout.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw LatencyGateException.Unavailable($"{_name} gave no answer within {ResponseTimeout.TotalSeconds:0} s", "run it by hand", exception);
        }

        if (line is null)
        {
            throw await BrokeOffAsync();
        }

        try
        {
            return JsonSerializer.Deserialize(line, type)!;
        }
        catch (JsonException exception)
        {
            throw LatencyGateException.Unavailable($"{_name} wrote \"{Shortened(line)}\"", "give a command that speaks the runner protocol", exception);
        }
    }

    private async Task<LatencyGateException> BrokeOffAsync(Exception? inner = null)
    {
        await _process.WaitForExitAsync();
        var lastLine = (await _error).TrimEnd().Split('\n')[^1].Trim();
        return LatencyGateException.Unavailable(
            $"{_name} ended with exit code {_process.ExitCode}: {(lastLine.Length > 0 ? Shortened(lastLine) : "it wrote no error")}", "run it by hand", inner);
    }

    private static bool IsWhole(double[] samples, TurnRequest request) => samples.Length == request.Samples && samples.All(sample => sample > 0);

    private static bool IsPartOf(double[] samples, double[]? waits) =>
        waits is null || (waits.Length == samples.Length && waits.Zip(samples).All(pair => pair.First >= 0 && pair.First < pair.Second));

    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
