namespace FaceEdge.Deploy.Rehearsal.Expressions;

/// <summary>What an expression can refer to where it stands.</summary>
internal interface IScope
{
    /// <summary>The value of a name; null when nothing has it here.</summary>
    Value? Find(string name);

    /// <summary>A function that is known here alone, such as <c>succeeded</c>; null when it is none.</summary>
    Value? Call(string function, IReadOnlyList<Value> arguments);
}
