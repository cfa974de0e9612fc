namespace FaceEdge.ModelPull;

/// <summary>A model cannot be brought into the cache; the message says why and what to do.</summary>
internal sealed class ModelPullException : Exception
{
    public ModelPullException(string message)
        : base(message)
    {
    }

    public ModelPullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ModelPullException()
        : this("The model cannot be pulled.")
    {
    }
}
