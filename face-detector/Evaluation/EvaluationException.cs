namespace FaceEdge.Evaluation;

/// <summary>An evaluation cannot be made of what was given; the message says what and where.</summary>
internal sealed class EvaluationException : Exception
{
    public EvaluationException(string message)
        : base(message)
    {
    }

    public EvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public EvaluationException()
        : this("The evaluation cannot be made.")
    {
    }
}
