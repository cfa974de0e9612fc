using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Web;
using Mono.Cecil;

namespace FaceEdge.Tests.Privacy;

public sealed class OnePathOutTests
{
    /// <summary>Commands that work on a user's own files; no request reaches them.</summary>
    private static readonly string[] Commands = ["FaceEdge.Commands.AnnotationFolder"];

    [Fact]
    public void Every_frame_that_leaves_the_service_passes_one_place()
    {
        var callers = CallersOf(typeof(ServiceHost).Assembly.Location, nameof(IImagingBackend), nameof(IImagingBackend.EncodeJpeg));

        Assert.Equal([typeof(OutgoingFrame).FullName!], callers.Except(Commands));
    }

    private static string[] CallersOf(string assembly, string type, string method)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module.GetTypes()
                .Where(candidate => candidate.Methods.Any(caller => caller.HasBody && caller.Body.Instructions.Any(instruction =>
                    instruction.Operand is MethodReference called && called.Name == method && called.DeclaringType.Name == type)))
                .Select(candidate => (candidate.DeclaringType ?? candidate).FullName)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
