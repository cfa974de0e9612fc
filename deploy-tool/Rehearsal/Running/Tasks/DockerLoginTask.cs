namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>Docker@2 with login or logout: the rehearsal's registry asks for neither. Its other commands are not known here.</summary>
internal sealed class DockerLoginTask : ITaskEmulator
{
    public Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var command = run.Input("command") ?? "buildAndPush";
        if (command is not ("login" or "logout"))
        {
            throw run.Step.Place.Fault($"a rehearsal has no emulator for Docker@2 with the command '{command}'; build the image in a script");
        }

        run.Log.Line($"{command}: the rehearsal's registry asks for no login");
        return Task.FromResult(StepOutcome.Succeeded);
    }
}
