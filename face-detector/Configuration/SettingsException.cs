namespace FaceEdge.Configuration;

/// <summary>The configuration has faults; the message lists all of them, one a line.</summary>
internal sealed class SettingsException : Exception
{
    public SettingsException(IReadOnlyList<SettingFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    public SettingsException()
        : this([])
    {
    }

    public SettingsException(string message)
        : base(message) => Faults = [];

    public SettingsException(string message, Exception innerException)
        : base(message, innerException) => Faults = [];

    public IReadOnlyList<SettingFault> Faults { get; }
}
