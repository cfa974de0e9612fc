using System.CommandLine;

var root = new RootCommand("Promotes a FaceEdge image through the environments that edge sites pull from Git.");
return await root.Parse(args).InvokeAsync();
