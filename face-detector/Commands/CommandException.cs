namespace FaceEdge.Commands;

/// <summary>A command cannot be carried out as asked; the message says why and what to do.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string message)
        : base(message)
    {
    }

    public CommandException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CommandException()
        : this("The command cannot be carried out.")
    {
    }
}
