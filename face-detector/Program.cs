using System.CommandLine;

var root = new RootCommand("Finds faces or eyes in a camera's picture and serves it to a web page.");
return await root.Parse(args).InvokeAsync();
