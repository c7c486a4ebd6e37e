using System.Text.RegularExpressions;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Makes what a server or a library says about a failure fit for logs and for admins' eyes.</summary>
public static partial class ErrorText
{
    /// <summary>
    /// One line of bounded length without links, addresses, names of .NET types, anything that looks like a key, or the given secrets.
    /// </summary>
    public static string Clean(string text, params ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                text = text.Replace(secret, "[secret]", StringComparison.Ordinal);
            }
        }

        text = Nameless().Replace(text, "Something unexpected happened.");
        text = TypeName().Replace(text, "");
        text = Link().Replace(text, "[link]");
        text = Address().Replace(text, "[address]");
        text = Key().Replace(text, "[…]");
        text = Blank().Replace(text, " ").Trim();
        return text.Length <= OutboxMessage.LastErrorMaxLength ? text : text[..(OutboxMessage.LastErrorMaxLength - 1)] + "…";
    }

    // What .NET says of an exception that has no text of its own.
    [GeneratedRegex(@"Exception of type '[^']*' was thrown\.")]
    private static partial Regex Nameless();

    [GeneratedRegex(@"\b([A-Za-z_]\w*\.)*[A-Z]\w*Exception\b:?\s*")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\s<>""(),:;]+@[^\s<>""(),:;]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,}|\bSG\.[\w.-]+")]
    private static partial Regex Key();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blank();
}
