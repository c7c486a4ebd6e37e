using System.Text.RegularExpressions;

namespace Roundtable.Application.Common;

/// <summary>
/// Derives browser and system from a user agent, so that users recognise their devices. An unrecognised agent is reported as unknown.
/// User agents are client claims: make no decision based on them.
/// </summary>
public static partial class Devices
{
    public const string Unknown = "Unknown device";

    // Order matters: most browsers also claim to be the ones below them.
    private static readonly (string Marker, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("EdgA/", "Edge"),
        ("EdgiOS/", "Edge"),
        ("OPR/", "Opera"),
        ("Vivaldi/", "Vivaldi"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
        ("curl/", "curl"),
        ("PostmanRuntime/", "Postman"),
        ("node", "Node.js"),
        ("python-requests/", "Python"),
        ("Wget/", "Wget"),
    ];

    private static readonly (string Marker, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Finds the names of browser and system; null for unknown ones.</summary>
    public static (string? Browser, string? System) Find(string? userAgent) =>
        string.IsNullOrWhiteSpace(userAgent) ? (null, null) : (Find(Browsers, userAgent), Find(Systems, userAgent));

    /// <summary>Describes the device in English.</summary>
    public static string Describe(string? userAgent) =>
        Find(userAgent) switch
        {
            ({ } b, { } s) => $"{b} on {s}",
            ({ } b, null) => b,
            (null, { } s) => s,
            _ => ProductName().Match(userAgent ?? "") is { Success: true } product ? product.Value : Unknown,
        };

    private static string? Find((string Marker, string Name)[] known, string userAgent) =>
        Array.Find(known, k => userAgent.Contains(k.Marker, StringComparison.Ordinal)).Name;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._-]{1,30}(?=/|$)")]
    private static partial Regex ProductName();
}
