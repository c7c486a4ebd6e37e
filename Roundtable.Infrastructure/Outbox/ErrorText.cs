using System.Text.RegularExpressions;
using Roundtable.Domain.Outbox;

namespace Roundtable.Infrastructure.Outbox;

/// <summary>Sanitises error texts of servers and libraries for logs and for admins.</summary>
public static partial class ErrorText
{
    /// <summary>
    /// Returns one line of bounded length without links, addresses, .NET type names, anything that looks like a key, or the given secrets.
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

        text = Nameless().Replace(text, "Unexpected error.");
        text = TypeName().Replace(text, "");
        text = Link().Replace(text, "[link]");
        text = Address().Replace(text, "[address]");
        text = Key().Replace(text, "[…]");
        text = Blank().Replace(text, " ").Trim();
        return text.Length <= OutboxMessage.LastErrorMaxLength ? text : text[..(OutboxMessage.LastErrorMaxLength - 1)] + "…";
    }

    // .NET's message for an exception without its own text.
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
