using FaceEdge.Tests.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FaceEdge.Tests.Commands;

/// <summary>Code that .NET runs in the program before the program itself (DOTNET_STARTUP_HOOKS): what nobody foresaw happens there.</summary>
internal sealed class StartupHook : IDisposable
{
    /// <summary>On a thread that nobody watches, when a line comes on standard input.</summary>
    public const string WhileItRuns = """
        using System.Threading;

        internal static class StartupHook
        {
            public static void Initialize() => new Thread(() =>
            {
                System.Console.In.ReadLine();
                throw new System.NotImplementedException("planted");
            }) { IsBackground = true }.Start();
        }
        """;

    /// <summary>In the host, when it is built.</summary>
    public const string WhileItStarts = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;

        internal sealed class StartupHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object>>
        {
            public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new StartupHook());

            public void OnNext(DiagnosticListener source)
            {
                if (source.Name == "Microsoft.Extensions.Hosting") source.Subscribe(this);
            }

            public void OnNext(KeyValuePair<string, object> written)
            {
                if (written.Key == "HostBuilt") throw new NotImplementedException("planted");
            }

            public void OnCompleted() { }

            public void OnError(Exception error) { }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public StartupHook(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Hook", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(_folder.File("Hook.dll")).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>The environment of a program that is to run it.</summary>
    public Dictionary<string, string?> Environment => new() { ["DOTNET_STARTUP_HOOKS"] = _folder.File("Hook.dll"), ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" };

    public void Dispose() => _folder.Dispose();
}
