using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Signatures as specified by https://www.standardwebhooks.com; most languages have a library that verifies them.</summary>
internal static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    /// <summary>Returns the value of <c>webhook-signature</c>: one signature for each secret, separated by spaces.</summary>
    public static string Of(string id, DateTimeOffset time, string body, IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time.ToUnixTimeSeconds()}.{body}"));
        return string.Join(
            ' ',
            secrets.Select(s =>
                "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s[SecretPrefix.Length..]), signed))
            )
        );
    }
}
