using Microsoft.AspNetCore.Authentication;

namespace Roundtable.Api.ExternalLogins;

/// <summary>What the request for an external sign-in was for; travels encrypted in the state, bound to browser and provider.</summary>
internal static class ExternalFlow
{
    private const string SessionItem = "session";
    private const string CallbackItem = "callback";
    private const string SecretItem = "secret";

    /// <summary>The properties of a sign-in.</summary>
    /// <param name="secret">Makes the state usable once.</param>
    public static AuthenticationProperties ForSignIn(string? callbackUrl, bool rememberMe, string secret) =>
        new()
        {
            // Required by the handlers; the callback redirects itself.
            RedirectUri = "/",
            IsPersistent = rememberMe,
            Items = { [CallbackItem] = callbackUrl, [SecretItem] = secret },
        };

    /// <summary>The properties of connecting a login to the session's account.</summary>
    /// <param name="secret">Makes the state usable once.</param>
    public static AuthenticationProperties ForConnecting(string sessionId, string secret) =>
        new() { RedirectUri = "/", Items = { [SessionItem] = sessionId, [SecretItem] = secret } };

    /// <summary>The session that connects a login; null for a sign-in.</summary>
    public static string? SessionId(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(SessionItem, out var id) is true ? id : null;

    /// <summary>The secret that makes the state usable once.</summary>
    public static string? Secret(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SecretItem, out var secret) ? secret : null;

    // The state holds no nulls.
    public static string? CallbackUrl(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(CallbackItem, out var callback) && !string.IsNullOrEmpty(callback) ? callback : null;
}
