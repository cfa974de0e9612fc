using System.Globalization;
using FaceEdge.Fuzz;
using FaceEdge.Fuzz.Running;
using FaceEdge.Fuzz.Targets;

if (args is [Arguments.Inside, var inside, var work, var corpus, .. var loop])
{
    // The map first: whatever is instrumented writes to it, and making a target runs some of that.
    var coverage = new Coverage();
    using var target = FuzzTargets.Create(inside);
    if (loop is [var time, var seed])
    {
        new FuzzLoop(target, new FuzzFiles(work, corpus), coverage).Run(
            TimeSpan.FromSeconds(int.Parse(time, CultureInfo.InvariantCulture)), int.Parse(seed, CultureInfo.InvariantCulture));
    }
    else
    {
        new CorpusChoice(target, new FuzzFiles(work, corpus), coverage).Run();
    }

    return 0;
}

if (Arguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine($"{Arguments.Usage}\ntargets: {string.Join(", ", FuzzTargets.Names)}");
    return 2;
}

var files = new FuzzFiles(arguments.Work, Arguments.Corpus);
Directory.CreateDirectory(files.Work);
var run = FuzzRun.Prepare(files);
var lines = new List<string>();
foreach (var name in arguments.Targets)
{
    lines.Add(await run.RunAsync(name, TimeSpan.FromSeconds(arguments.Seconds), arguments.Seed));
    Console.WriteLine(lines[^1]);
    if (arguments.Keeps)
    {
        await run.KeepAsync(name);
    }
}

Console.WriteLine($"\n| target | seconds | inputs | corpus | branches | findings |\n| --- | --- | --- | --- | --- | --- |\n{string.Join('\n', lines)}");
return Directory.Exists(files.Findings) ? 1 : 0;
