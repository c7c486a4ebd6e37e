using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Application.MagicLinks;

/// <summary>Decides where a sign-in may continue: at a local path, or at a URL whose origin is exactly a trusted one.</summary>
public sealed class CallbackPolicy(IOptions<AppOptions> options)
{
    private const int MaxLength = 2048;

    private readonly string[] origins = [.. options.Value.Origins];

    /// <summary>
    /// Whether the browser may be redirected there. Compares text, never a parsed URL: parsers that disagree cause open redirects.
    /// </summary>
    public bool Allows(string? callback) =>
        callback switch
        {
            null => true,
            { Length: 0 or > MaxLength } => false,
            // URLs contain these only encoded.
            _ when callback.AsSpan().ContainsAny('"', '<', '>') => false,
            _ when !IsPlain(callback) => false,
            _ when callback[0] == '/' => true,
            _ => Array.Exists(origins, o => StartsWithOrigin(callback, o)),
        };

    private static bool StartsWithOrigin(string callback, string origin) =>
        callback.StartsWith(origin, StringComparison.Ordinal)
        && (callback.Length == origin.Length || callback[origin.Length] is '/' or '?' or '#');

    // Decodes until nothing changes: a harmless URL must stay harmless behind a proxy that decodes once more.
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

            // Encoded non-ASCII text and encoded spaces are fine in a query; only the structure matters.
            decoded = string.Concat(again.Select(c => c is > '\u007f' or ' ' ? '_' : c));
        }
    }
}
