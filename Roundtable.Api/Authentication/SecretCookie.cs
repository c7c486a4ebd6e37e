using Roundtable.Application.Accounts;
using Roundtable.Application.ExternalLogins;
using Roundtable.Application.Sessions;
using Roundtable.Application.SignIn;

namespace Roundtable.Api.Authentication;

/// <summary>A cookie with one secret, in addition to the session's.</summary>
internal sealed class SecretCookie
{
    /// <summary>The pending state between the two steps of a sign-in.</summary>
    public static readonly SecretCookie TwoFactorChallenge = new("roundtable.two-factor", SignInPolicy.ChallengeLifetime);

    /// <summary>Lets a trusted browser skip the second factor.</summary>
    public static readonly SecretCookie TrustedBrowser = new("roundtable.trusted-browser", TrustedBrowsers.Lifetime);

    /// <summary>Identifies this browser to accounts that it has signed in to before.</summary>
    public static readonly SecretCookie KnownBrowsers = new("roundtable.known-browsers", Application.Tokens.KnownBrowsers.Lifetime);

    /// <summary>Binds the browser's WebAuthn response to its options.</summary>
    public static readonly SecretCookie PasskeyCeremony = new("roundtable.passkey", TimeSpan.FromMinutes(5));

    /// <summary>Identifies the browser that signed up when the address is verified.</summary>
    public static readonly SecretCookie SignUpBrowser = new("roundtable.sign-up", EmailVerificationService.SignUpBrowserLifetime);

    /// <summary>Identifies the browser that requested a sign-in link, as long as the link is valid.</summary>
    public static readonly SecretCookie MagicLink = new("roundtable.magic-link", TimeSpan.FromMinutes(5));

    /// <summary>Identifies the browser that may connect a login to an existing account.</summary>
    public static readonly SecretCookie PendingLogin = new("roundtable.pending-login", PendingLogins.Lifetime);

    public static readonly TimeSpan ExternalRefusalLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Tells the page why an external sign-in was refused.</summary>
    public static readonly SecretCookie ExternalRefusal = new("roundtable.external-refusal", ExternalRefusalLifetime);

    private readonly string name;
    private readonly TimeSpan lifetime;

    private SecretCookie(string name, TimeSpan lifetime) => (this.name, this.lifetime) = (name, lifetime);

    public string? Read(HttpContext context) => context.Request.Cookies[Name(context)];

    /// <param name="outlivesBrowser">Whether the cookie persists after the browser closes.</param>
    public void Write(HttpContext context, string secret, bool outlivesBrowser = true) =>
        context.Response.Cookies.Append(Name(context), secret, Options(context, outlivesBrowser ? lifetime : null));

    /// <param name="lifetime">How long the cookie is valid, if that is configured.</param>
    public void Write(HttpContext context, string secret, TimeSpan lifetime) =>
        context.Response.Cookies.Append(Name(context), secret, Options(context, lifetime));

    public void Remove(HttpContext context)
    {
        if (Read(context) is not null)
        {
            context.Response.Cookies.Delete(Name(context), Options(context, null));
        }
    }

    private string Name(HttpContext context) => IsSecure(context) ? $"__Host-{name}" : name;

    private static CookieOptions Options(HttpContext context, TimeSpan? maxAge) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            Secure = IsSecure(context),
            IsEssential = true,
            MaxAge = maxAge,
        };

    private static bool IsSecure(HttpContext context) => context.RequestServices.GetRequiredService<CookieSecurity>().Secure;
}

/// <summary>Whether cookies are HTTPS-only: everywhere except in Development.</summary>
internal sealed record CookieSecurity(bool Secure);
