using FaceEdge.Contracts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace FaceEdge.Configuration;

/// <summary>
/// Checks the section <c>Kestrel</c>, which ASP.NET Core reads: it passes over what it does not know, and a misspelt endpoint would be served without TLS,
/// or without asking for a client's certificate.
/// </summary>
internal static class KestrelSettings
{
    private static readonly string[] Top = ["Endpoints", "EndpointDefaults", "Certificates"];

    private static readonly string[] Connection = ["Protocols", "SslProtocols", "ClientCertificateMode"];

    private static readonly string[] Name = [.. Connection, "Certificate"];

    private static readonly string[] Endpoint = [.. Name, "Url", "Sni"];

    private static readonly string[] Certificate = ["Path", "KeyPath", "Password", "Subject", "Store", "Location", "AllowInvalid"];

    private static readonly string[] HttpVersions = [.. Enum.GetNames<HttpProtocols>().Where(name => name != nameof(HttpProtocols.None))];

    private static readonly string[] CertificateModes = Enum.GetNames<ClientCertificateMode>();

    /// <summary>What else there is in that enumeration is no longer safe, and .NET refuses it when it listens.</summary>
    private static readonly string[] TlsVersions = ["None", "Tls12", "Tls13"];

    /// <summary>Faults every key and word that has no effect, and every file of a certificate that is not there.</summary>
    public static void Check(IConfiguration configuration, SettingsReader reader)
    {
        var kestrel = configuration.GetSection("Kestrel");
        CheckNames(kestrel, Top, reader);
        CheckConnection(kestrel.GetSection("EndpointDefaults"), Connection, reader);
        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            CheckConnection(endpoint, Endpoint, reader);
            foreach (var name in endpoint.GetSection("Sni").GetChildren())
            {
                CheckConnection(name, Name, reader);
            }
        }

        foreach (var certificate in kestrel.GetSection("Certificates").GetChildren())
        {
            CheckCertificate(certificate, reader);
        }
    }

    private static void CheckConnection(IConfigurationSection section, string[] names, SettingsReader reader)
    {
        CheckNames(section, names, reader);
        CheckWord(section.GetSection("Protocols"), HttpVersions, reader);
        CheckWord(section.GetSection("ClientCertificateMode"), CertificateModes, reader);
        foreach (var version in section.GetSection("SslProtocols").GetChildren())
        {
            CheckWord(version, TlsVersions, reader);
        }

        CheckCertificate(section.GetSection("Certificate"), reader);
    }

    private static void CheckCertificate(IConfigurationSection certificate, SettingsReader reader)
    {
        CheckNames(certificate, Certificate, reader);
        foreach (var key in new[] { "Path", "KeyPath" })
        {
            if (certificate[key] is { Length: > 0 } path && !File.Exists(path))
            {
                reader.Fault(
                    $"{certificate.Path}:{key}", path, "there is no such file that this user may see; mount the certificate there, or correct the path");
            }
        }
    }

    private static void CheckNames(IConfigurationSection section, string[] names, SettingsReader reader)
    {
        foreach (var child in section.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            reader.Fault(child.Path, SecretText.Mark, $"no such setting{Suggestion.For(child.Key, names)}; there are {string.Join(", ", names)}");
        }
    }

    private static void CheckWord(IConfigurationSection setting, string[] words, SettingsReader reader)
    {
        if (setting.Value is { Length: > 0 } word && !words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            reader.Fault(setting.Path, word, $"allowed is {string.Join(", ", words)}");
        }
    }
}
