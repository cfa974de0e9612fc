namespace FaceEdge.Deploy.Rehearsal.Expressions;

/// <summary>A parsed expression.</summary>
internal abstract record Expression
{
    /// <summary>A constant.</summary>
    public sealed record Literal(Value Value) : Expression;

    /// <summary>A name such as <c>variables</c> or a loop's variable.</summary>
    public sealed record Name(string Text) : Expression;

    /// <summary><c>target[index]</c> or <c>target.name</c>.</summary>
    public sealed record Member(Expression Target, Expression Index) : Expression;

    /// <summary><c>target.*</c>: every item of a list, every value of a mapping.</summary>
    public sealed record Each(Expression Target) : Expression;

    /// <summary>A function with its arguments.</summary>
    public sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;
}
