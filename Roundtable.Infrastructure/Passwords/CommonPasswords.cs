using System.Collections.Frozen;

namespace Roundtable.Infrastructure.Passwords;

/// <summary>The 10,000 most common passwords, from the frequency list of zxcvbn (MIT licence).</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> Known = new(Read);

    /// <summary>Ignores case: attackers also try these in capitals.</summary>
    public static bool Contains(string password) => Known.Value.Contains(password);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(
            "Roundtable.Infrastructure.Passwords.common-passwords.txt"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
