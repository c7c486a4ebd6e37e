namespace Roundtable.Api.Startup;

/// <summary>Refuses runtimes with known holes (CVE-2025-55315 in the HTTP parser, CVE-2026-40372 in data protection).</summary>
internal static class RuntimeGuard
{
    public static readonly Version Oldest = new(10, 0, 7);

    /// <summary>What is wrong with the runtime; null when nothing is.</summary>
    public static string? Check(Version runtime) =>
        runtime >= Oldest ? null : $"This .NET runtime ({runtime}) has known security holes: install {Oldest} or newer.";
}
