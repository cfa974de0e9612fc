using System.CommandLine;
using FaceEdge;
using FaceEdge.Commands;
using FaceEdge.Web;

_ = NativeHeap.Bound();
if (args is [])
{
    // The service starts sooner without a parser that has nothing to parse.
    return await ServeCommand.RunAsync([], CancellationToken.None);
}

var root = new RootCommand("Finds faces or eyes in a camera's picture and serves it to a web page.")
{
    ServeCommand.Create(),
    DetectCommand.Create(),
    EvalCommand.Create(),
    CompareCommand.Create(),
    ModelsCommand.Create(),
    DemoCommand.Create(),
    HealthCheckCommand.Create(),
};
ServeCommand.MakeDefault(root);
return await root.Parse(args).InvokeAsync();
