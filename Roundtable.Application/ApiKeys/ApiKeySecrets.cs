using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

/// <summary>
/// Creates and recognises the secrets of API keys: a prefix for the kind of owner, 43 random characters of <c>0-9A-Za-z</c>, and 6
/// check characters, so that a scanner can tell a secret from other text.
/// </summary>
public static class ApiKeySecrets
{
    public const string UserPrefix = "rt_pat_";
    public const string ServicePrefix = "rt_svc_";

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 43;
    private const int CheckLength = 6;
    private const int ShownLength = 12;

    private static readonly SearchValues<char> Digits = SearchValues.Create(Base62);

    public static string Create(bool forService)
    {
        var random = RandomNumberGenerator.GetString(Base62, RandomLength);
        return $"{(forService ? ServicePrefix : UserPrefix)}{random}{CheckOf(random)}";
    }

    /// <summary>The SHA-256, in hex: the secret has 256 random bits, so that no slower hash is needed.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    /// <summary>The first characters, by which users tell their keys apart.</summary>
    public static string Shown(string secret) => secret[..ShownLength];

    /// <summary>Returns what to look up for a secret; null if the text is none.</summary>
    public static CallerCredential? CredentialOf(string? text)
    {
        if (
            text is not { Length: 7 + RandomLength + CheckLength }
            || KindOf(text) is not { } kind
            || text.AsSpan(UserPrefix.Length).ContainsAnyExcept(Digits)
        )
        {
            return null;
        }

        var random = text.AsSpan(UserPrefix.Length, RandomLength);
        return text.AsSpan(UserPrefix.Length + RandomLength).SequenceEqual(CheckOf(random)) ? new CallerCredential(kind, Hash(text)) : null;
    }

    private static CredentialKind? KindOf(string text) =>
        text.StartsWith(UserPrefix, StringComparison.Ordinal) ? CredentialKind.UserApiKey
        : text.StartsWith(ServicePrefix, StringComparison.Ordinal) ? CredentialKind.ServiceApiKey
        : null;

    private static string CheckOf(ReadOnlySpan<char> random)
    {
        Span<byte> ascii = stackalloc byte[RandomLength];
        Encoding.ASCII.GetBytes(random, ascii);
        return string.Create(CheckLength, Crc32.HashToUInt32(ascii), static (text, check) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                (check, var digit) = Math.DivRem(check, (uint)Base62.Length);
                text[i] = Base62[(int)digit];
            }
        });
    }
}
