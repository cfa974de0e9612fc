using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>
/// A setting with a value that is not allowed; reads as one line that names the key, the value and what is allowed. An address that got into the wrong
/// place shows its credentials in neither.
/// </summary>
/// <param name="Key">As in appsettings.json, parts joined by ':'.</param>
/// <param name="Value">What was given, or "***" for a secret.</param>
/// <param name="Allowed">What would be taken instead.</param>
internal sealed record SettingFault(string Key, string Value, string Allowed)
{
    public override string ToString() => $"{SecretText.Mask(Key)} = \"{SecretText.Mask(Value)}\": {Allowed}";
}
