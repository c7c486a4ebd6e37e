namespace Roundtable.Api.Startup;

/// <summary>Rejects runtimes with known vulnerabilities (CVE-2025-55315 in the HTTP parser, CVE-2026-40372 in data protection).</summary>
internal static class RuntimeGuard
{
    public static readonly Version Oldest = new(10, 0, 7);

    /// <summary>Returns the problem of the runtime; null if there is none.</summary>
    public static string? Check(Version runtime) =>
        runtime >= Oldest ? null : $"This .NET runtime ({runtime}) has known security holes: install {Oldest} or newer.";
}
