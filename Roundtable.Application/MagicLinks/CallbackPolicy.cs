using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Application.MagicLinks;

/// <summary>Where a sign-in may lead on to: a local path, or an address whose origin is exactly one that is trusted.</summary>
public sealed class CallbackPolicy(IOptions<AppOptions> options)
{
    private const int MaxLength = 2048;

    private readonly string[] origins = [.. options.Value.Origins];

    /// <summary>
    /// Whether the browser may be sent there. Compares text, never what a parser makes of it: two parsers that disagree are
    /// what open redirects are made of.
    /// </summary>
    public bool Allows(string? callback) =>
        callback switch
        {
            null => true,
            { Length: 0 or > MaxLength } => false,
            // Addresses hold these encoded only.
            _ when callback.AsSpan().ContainsAny('"', '<', '>') => false,
            _ when !IsPlain(callback) => false,
            _ when callback[0] == '/' => true,
            _ => Array.Exists(origins, o => StartsWithOrigin(callback, o)),
        };

    private static bool StartsWithOrigin(string callback, string origin) =>
        callback.StartsWith(origin, StringComparison.Ordinal)
        && (callback.Length == origin.Length || callback[origin.Length] is '/' or '?' or '#');

    // Decoded as often as it changes: what looks harmless now must stay so behind a proxy that decodes once more.
    private static bool IsPlain(string callback)
    {
        for (var decoded = callback; ; )
        {
            if (decoded.StartsWith("//", StringComparison.Ordinal) || decoded.Any(c => c is <= ' ' or '\\' or >= '\u007f'))
            {
                return false;
            }

            var again = Uri.UnescapeDataString(decoded);
            if (again == decoded)
            {
                return true;
            }

            // Encoded text beyond ASCII and encoded spaces are fine in a query; what matters is structure.
            decoded = string.Concat(again.Select(c => c is > '\u007f' or ' ' ? '_' : c));
        }
    }
}
