using System.Xml;
using System.Xml.Linq;
using FaceEdge.Contracts;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FaceEdge.Web.SignIn;

/// <summary>
/// The keys that protect sign-in cookies, a file each in a folder that several services may share. A file that cannot be read is left alone, and a folder
/// that cannot be written leaves the keys in memory: visitors then sign in again after the next start.
/// </summary>
internal sealed partial class SignInKeys : IXmlRepository
{
    /// <summary>A key is made every 90 days, and by each service that finds none; files beyond this are a stranger's.</summary>
    private const int MostFiles = 200;

    private const long MostBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<XElement> _own = [];
    private readonly string _folder;
    private readonly ILogger _log;

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="log">Told of what cannot be read or written.</param>
    public SignInKeys(string folder, ILogger<SignInKeys> log)
    {
        _folder = folder;
        _log = log;
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = new List<XElement>();
        try
        {
            foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*.xml").OrderByDescending(file => file.Name, StringComparer.Ordinal).Take(MostFiles))
            {
                if (Read(file) is { } key)
                {
                    keys.Add(key);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Made with the first key.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnread(_log, _folder, exception.Message);
        }

        lock (_gate)
        {
            keys.AddRange(_own);
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            CreateFolder();
            AtomicFile.Write(Path.Combine(_folder, friendlyName + ".xml"), System.Text.Encoding.UTF8.GetBytes(element.ToString()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnwritten(_log, _folder, exception.Message);
            lock (_gate)
            {
                _own.Add(element);
            }
        }
    }

    /// <summary>Who reads a key makes cookies of their own.</summary>
    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private XElement? Read(FileInfo file)
    {
        try
        {
            if (file.Length <= MostBytes)
            {
                return XElement.Load(file.FullName);
            }

            LogUnread(_log, file.FullName, $"{file.Length} bytes are no key");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            LogUnread(_log, file.FullName, exception.Message);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Keys of sign-ins in {Path} cannot be read, and are passed over: {Reason}")]
    private static partial void LogUnread(ILogger log, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A key of sign-ins cannot be written to {Path}; visitors sign in again after the next start: {Reason}")]
    private static partial void LogUnwritten(ILogger log, string path, string reason);
}
