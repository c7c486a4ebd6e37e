using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Roundtable.Api.Authentication;
using Roundtable.Application.Common;

namespace Roundtable.Api.ExternalLogins;

/// <summary>
/// Keeps the reason and the end of a ban for the page that the callback redirects to: encrypted in a cookie of the browser that proved to
/// be the user's, because an address is logged and shared.
/// </summary>
internal static class ExternalRefusals
{
    public static void Keep(HttpContext http, Error error)
    {
        if (error.Code == "user_banned")
        {
            var expiresAt = error.Context?.GetValueOrDefault("expiresAt") as DateTime?;
            var text = $"{expiresAt?.ToString("O", CultureInfo.InvariantCulture)}\n{error.Context?.GetValueOrDefault("reason")}";
            SecretCookie.ExternalRefusal.Write(http, Protector(http).Protect(text, SecretCookie.ExternalRefusalLifetime));
        }
    }

    /// <summary>Returns the refusal, once; null if there is none.</summary>
    public static ExternalRefusal? Take(HttpContext http)
    {
        if (SecretCookie.ExternalRefusal.Read(http) is not { } cookie)
        {
            return null;
        }

        SecretCookie.ExternalRefusal.Remove(http);
        try
        {
            return Protector(http).Unprotect(cookie).Split('\n', 2) is [var expiresAt, var reason]
                ? new ExternalRefusal(
                    "user_banned",
                    reason.Length > 0 ? reason : null,
                    Iso8601.TryParse(expiresAt, out var until) ? until : null
                )
                : null;
        }
        catch (CryptographicException)
        {
            // Expired, or not ours.
            return null;
        }
    }

    private static ITimeLimitedDataProtector Protector(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("Roundtable.ExternalRefusal")
            .ToTimeLimitedDataProtector();
}
