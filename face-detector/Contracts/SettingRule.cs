using System.Diagnostics.CodeAnalysis;

namespace FaceEdge.Contracts;

/// <summary>How the text of a setting becomes its value, and in words what is allowed.</summary>
internal sealed class SettingRule<T>
{
    private readonly Parser _parser;

    public SettingRule(string allowed, Parser parser)
    {
        Allowed = allowed;
        _parser = parser;
    }

    public delegate bool Parser(string text, [MaybeNullWhen(false)] out T value);

    public string Allowed { get; }

    /// <summary>The value must not be shown in faults.</summary>
    public bool Secret { get; init; }

    public bool TryParse(string text, [MaybeNullWhen(false)] out T value) => _parser(text.Trim(), out value);
}
