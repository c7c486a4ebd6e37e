using System.Globalization;

namespace Roundtable.Domain.Users;

/// <summary>
/// An e-mail address, as typed and normalized. Accepts a conservative ASCII subset of RFC 5321 and rejects everything that another
/// parser could read differently (lists, quotes, comments, display names, look-alike characters).
/// </summary>
public sealed record EmailAddress
{
    public const int MaxLength = 254;
    private const int MaxLocalLength = 64;
    private const int MaxLabelLength = 63;
    private const string EncodedPrefix = "xn--";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    /// <summary>The unique key of an address: case is ignored in the whole address.</summary>
    public string Normalized => Normalize(Value);

    public static string Normalize(string value) => value.ToUpperInvariant();

    public static bool TryParse(string? input, out EmailAddress address)
    {
        address = null!;
        if (input is null || input.Length > MaxLength)
        {
            return false;
        }

        var at = input.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at > MaxLocalLength || !IsLocalPart(input.AsSpan(0, at)) || !IsDomain(input.AsSpan(at + 1)))
        {
            return false;
        }

        address = new EmailAddress(input);
        return true;
    }

    /// <summary>Masks an address except for its first letter and its domain (<c>a***@example.com</c>), for logs and lists.</summary>
    public static string Mask(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at < 1 ? "***" : $"{address[0]}***{address[at..]}";
    }

    public override string ToString() => Mask(Value);

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        foreach (var c in local)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !".!#$%&'*+/=?^_`{|}~-".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return local[0] != '.' && local[^1] != '.' && local.IndexOf("..", StringComparison.Ordinal) < 0;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.IsEmpty || label.Length > MaxLabelLength || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }

            if (label.StartsWith(EncodedPrefix, StringComparison.OrdinalIgnoreCase) && !IsEncoded(label.ToString()))
            {
                return false;
            }
        }

        return true;
    }

    // Decoders disagree about labels that are not the encoding of any international name.
    private static bool IsEncoded(string label)
    {
        try
        {
            return string.Equals(Idn.GetAscii(Idn.GetUnicode(label)), label, StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
