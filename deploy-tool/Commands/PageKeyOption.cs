using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.SiteCheck;

namespace FaceEdge.Deploy.Commands;

/// <summary>The key that a site asks of whoever looks. An argument would show it to everybody on the machine.</summary>
internal static class PageKeyOption
{
    private const int MaxLength = 256;

    /// <summary>The key of the file, else of the variable; null where there is neither.</summary>
    /// <exception cref="DeployException">The file cannot be read, or what is given is no key.</exception>
    public static string? Read(string? file)
    {
        var key = file is null ? Environment.GetEnvironmentVariable(SiteClient.KeyVariable) : ReadFile(file);
        if (key?.Trim() is not { Length: > 0 } trimmed)
        {
            return null;
        }

        return trimmed.Length <= MaxLength && trimmed.All(sign => sign is > ' ' and <= '~')
            ? trimmed
            : throw DeployException.BadInput("the page key is not one line of visible ASCII characters", $"give the site's Page:Key with {SiteClient.KeyWays}");
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DeployException.BadInput($"{SiteClient.KeyFileOption} {file} cannot be read: {exception.Message}", "name a file with the site's Page:Key");
        }
    }
}
