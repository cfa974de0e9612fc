using System.CommandLine;
using FaceEdge;
using FaceEdge.Commands;
using FaceEdge.Web;

_ = NativeHeap.Bound();
if (args is [])
{
    // The service starts sooner without a parser that has nothing to parse.
    return await ServeCommand.RunAsync([], isVerbose: false, CancellationToken.None);
}

return await CommandSet.InvokeAsync(args, new InvocationConfiguration(), CancellationToken.None);
