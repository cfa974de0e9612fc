using System.CommandLine;
using FaceEdge.Capture.Demo;

var root = new RootCommand("Finds faces or eyes in a camera's picture and serves it to a web page.");
root.Subcommands.Add(DemoCommand.Create());
return await root.Parse(args).InvokeAsync();
