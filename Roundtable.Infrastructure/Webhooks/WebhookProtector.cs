using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Roundtable.Application.Webhooks;

namespace Roundtable.Infrastructure.Webhooks;

/// <summary>Encrypts secrets and messages, so that the database alone is not enough to create a signature.</summary>
internal sealed class WebhookProtector(IDataProtectionProvider provider) : IWebhookSecrets
{
    private const int SecretBytes = 32;

    private readonly IDataProtector secrets = provider.CreateProtector("Roundtable.Webhooks.Secret.v1");
    private readonly IDataProtector messages = provider.CreateProtector("Roundtable.Webhooks.Message.v1");

    public (string Secret, string Protected) Create()
    {
        var secret = WebhookSignature.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, secrets.Protect(secret));
    }

    public string Secret(string hidden) => secrets.Unprotect(hidden);

    public string Protect(string message) => messages.Protect(message);

    public string Message(string hidden) => messages.Unprotect(hidden);
}
