using System.Runtime.InteropServices;

namespace Roundtable.Api.Startup;

/// <summary>
/// Restricts every file and folder that this process creates to its user, whatever umask it was started with: database, keys,
/// mails and logs must not be readable by other users, and libraries create most of them.
/// </summary>
internal static class PrivateFiles
{
    // No access for group and others: 077.
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
