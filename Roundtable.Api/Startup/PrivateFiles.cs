using System.Runtime.InteropServices;

namespace Roundtable.Api.Startup;

/// <summary>
/// Makes every file and folder that this process creates its user's alone, whatever it was started with: database, keys, mails and logs
/// hold what nobody else on the machine is to read, and libraries create most of them.
/// </summary>
internal static class PrivateFiles
{
    // Neither group nor others: 077.
    private const uint GroupAndOthers = 0x3F;

    public static void Enforce()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(GroupAndOthers);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
