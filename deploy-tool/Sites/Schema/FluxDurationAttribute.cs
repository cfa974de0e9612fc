using System.ComponentModel.DataAnnotations;

namespace FaceEdge.Deploy.Sites.Schema;

/// <summary>A duration as Flux's schemas ask for it: numbers with ms, s, m or h.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FluxDurationAttribute : RegularExpressionAttribute
{
    public FluxDurationAttribute()
        : base(@"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$")
    {
    }
}
