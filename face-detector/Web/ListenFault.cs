using System.Net.Sockets;
using System.Security.Cryptography;
using FaceEdge.Configuration;
using FaceEdge.Contracts;
using Microsoft.AspNetCore.Connections;

namespace FaceEdge.Web;

/// <summary>Why the server could not begin to listen, in one line: what this machine says of an address, and what a certificate is lacking.</summary>
internal static class ListenFault
{
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel.Core";

    /// <summary>The line, or null for what is no matter of listening.</summary>
    public static string? Of(Exception exception, IConfiguration configuration) => exception switch
    {
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Stop what listens there, or set ASPNETCORE_URLS.",
        SocketException socket => $"{Addresses(configuration)}: {Words(socket)}",
        IOException { InnerException: SocketException socket } => $"{Addresses(configuration)}: {Words(socket)}",
        CryptographicException =>
            $"{Addresses(configuration)}: the certificate for https cannot be read: {exception.Message} See Kestrel:Certificates and Kestrel:Endpoints.",
        UnauthorizedAccessException =>
            $"{Addresses(configuration)}: {exception.Message} The user of this service must be allowed to read the certificate and its key.",
        InvalidOperationException when exception.Source == Server && exception.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            $"{Addresses(configuration)}: https needs a certificate: set Kestrel:Certificates:Default:Path and :KeyPath to its files (PEM), "
            + "or listen with http.",
        InvalidOperationException or FormatException or ArgumentException when exception.Source == Server =>
            $"{Addresses(configuration)}: {exception.Message}",
        _ => null,
    };

    private static string Words(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => "this machine has no such address. Use one of its own, or * for all, as in http://*:8080.",
        SocketError.AccessDenied => "this user may not listen on that port. Use one from 1024 on, such as 8080, or grant the capability NET_BIND_SERVICE.",
        SocketError.AddressFamilyNotSupported => "this machine has no such kind of address (IPv6 may be off). Use an IPv4 address, or * for all.",
        _ => exception.Message,
    };

    private static string Addresses(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).ToArray();
        return SecretText.Mask(endpoints.Length > 0 ? string.Join(", ", endpoints) : ListenAddresses.Of(configuration));
    }
}
