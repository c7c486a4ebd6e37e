using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Signatures of https://www.standardwebhooks.com, for which most languages have a library that checks them.</summary>
internal static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    /// <summary>The value of <c>webhook-signature</c>: one signature for each secret, parted by spaces.</summary>
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
