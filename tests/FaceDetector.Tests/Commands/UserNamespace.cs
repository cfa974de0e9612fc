using System.Diagnostics;

namespace FaceEdge.Tests.Commands;

/// <summary>
/// A user namespace (user_namespaces(7)): in it a program is not the machine's root even where the tests are, and has limits of its own. What it lacks
/// takes nothing from others.
/// </summary>
internal static class UserNamespace
{
    /// <summary>What stands before a program to run it there.</summary>
    public static readonly string[] Prefix = ["unshare", "--user", "--map-root-user"];

    /// <summary>As above, without a single instance of inotify.</summary>
    public static readonly string[] WithoutInotify = [.. Prefix, "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"", "sh"];

    /// <summary>Skips the test where the machine grants none, as in most containers.</summary>
    public static async Task RequireAsync()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("unshare", ["--user", "--map-root-user", "true"]) { RedirectStandardError = true })!;
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(probe.ExitCode == 0, "This machine grants no user namespace.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no unshare on this machine: apt-get install util-linux.");
        }
    }
}
