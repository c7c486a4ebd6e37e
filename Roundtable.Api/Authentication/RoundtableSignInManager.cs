using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.Passwords;
using Roundtable.Application.Sessions;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;
using IdentitySignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Roundtable.Api.Authentication;

/// <summary>
/// Sets the browser's cookies after every kind of sign-in; nothing else does. Identity's own members go through the
/// product's use cases: failures are counted, the second factor is required, banned users are rejected, and actions are audited.
/// </summary>
public sealed partial class RoundtableSignInManager(
    UserManager<User> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<User> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation
) : SignInManager<User>(users, accessor, claims, options, logger, schemes, confirmation)
{
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity(IdentityConstants.ApplicationScheme));

    private bool writesCookie;

    private CancellationToken Ct => Context.RequestAborted;

    /// <summary>Sets the cookies of a sign-in's result: those of the session, or that of the two-factor challenge.</summary>
    public Task WriteCookiesAsync(SignInOutcome outcome)
    {
        if (outcome.Challenge is not { } challenge)
        {
            return WriteCookiesAsync(outcome.SignedIn!);
        }

        SecretCookie.TwoFactorChallenge.Write(Context, challenge);
        return Task.CompletedTask;
    }

    /// <summary>Sets the session's cookies.</summary>
    public async Task WriteCookiesAsync(SignedIn signedIn)
    {
        var principal = Context.User;
        writesCookie = true;
        try
        {
            await base.SignInWithClaimsAsync(new User { Id = signedIn.UserId }, SessionCookie.PropertiesOf(signedIn.Session), []);
        }
        finally
        {
            writesCookie = false;
            Context.User = principal;
        }

        RequestLog.SignedIn(Context, signedIn.UserId);
        SecretCookie.TwoFactorChallenge.Remove(Context);
        if (signedIn.BrowserSecrets is { } secrets)
        {
            // A browser that is not to remember the user drops this cookie too on closing, unless it knows other accounts.
            SecretCookie.KnownBrowsers.Write(
                Context,
                secrets,
                signedIn.Session.RememberMe || secrets.Contains(KnownBrowsers.Separator, StringComparison.Ordinal)
            );
        }
    }

    /// <summary>The cookie contains only the secret; the database maps it to the user.</summary>
    public override Task<ClaimsPrincipal> CreateUserPrincipalAsync(User user) =>
        writesCookie ? Task.FromResult(Anonymous) : base.CreateUserPrincipalAsync(user);

    /// <summary>Starts a session for a user whom the caller has authenticated, including the second factor.</summary>
    /// <param name="additionalClaims">Valid for this request only; persistent claims belong to the user.</param>
    /// <exception cref="InvalidOperationException">The user is banned or deleted.</exception>
    public override async Task SignInWithClaimsAsync(
        User user,
        AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims
    )
    {
        var request = new SignInRequest(SessionMethod.MagicLink, authenticationProperties?.IsPersistent ?? false)
        {
            SecondFactorDone = user.TwoFactorEnabled,
            ByCode = true,
        };
        var outcome = await InOwnScopeAsync<SignInCompletion, Result<SignInOutcome>>(s => s.RunAsync(user.Id, request, Ct));
        if (outcome.Failed)
        {
            throw new InvalidOperationException(outcome.Error!.Message);
        }

        if (outcome.Value.SignedIn is { } signedIn)
        {
            await EnterAndShowAsync(signedIn, additionalClaims);
            return;
        }

        // The second factor was turned on after the user was loaded, so it is required.
        await WriteCookiesAsync(outcome.Value);
    }

    /// <summary>Does nothing: claims are read on every request.</summary>
    public override Task RefreshSignInAsync(User user) => Task.CompletedTask;

    /// <summary>Ends the session on the server.</summary>
    public override async Task SignOutAsync()
    {
        await InOwnScopeAsync<SessionService, Result>(s => s.SignOutAsync(Ct));
        await SessionCookie.RemoveAsync(Context);
        SecretCookie.TwoFactorChallenge.Remove(Context);
        await ForgetExternalAsync();
    }

    /// <param name="lockoutOnFailure">Failures always count.</param>
    public override async Task<IdentitySignInResult> PasswordSignInAsync(
        string userName,
        string password,
        bool isPersistent,
        bool lockoutOnFailure
    ) =>
        Get<IOptions<AuthOptions>>().Value.Password.Enabled
            ? await ResultAsync(
                await InOwnScopeAsync<PasswordSignInService, Result<SignInOutcome>>(s =>
                    s.SignInAsync(
                        new PasswordSignInRequest(userName, password, isPersistent, SecretCookie.TrustedBrowser.Read(Context)),
                        Ct
                    )
                )
            )
            : IdentitySignInResult.NotAllowed;

    /// <inheritdoc/>
    public override Task<IdentitySignInResult> PasswordSignInAsync(User user, string password, bool isPersistent, bool lockoutOnFailure) =>
        PasswordSignInAsync(user.Email, password, isPersistent, lockoutOnFailure);

    /// <summary>Counts the attempt before it checks, as a sign-in does.</summary>
    /// <param name="lockoutOnFailure">Failures always count.</param>
    public override async Task<IdentitySignInResult> CheckPasswordSignInAsync(User user, string password, bool lockoutOnFailure)
    {
        var matches = await InOwnScopeAsync<PasswordAttempts, PasswordMatch>(a => a.VerifyAsync(user, password, Ct)) != PasswordMatch.No;
        return !matches || !user.EmailVerified ? IdentitySignInResult.Failed
            : user.IsBanned(Get<TimeProvider>().GetUtcNow().UtcDateTime) ? IdentitySignInResult.LockedOut
            : IdentitySignInResult.Success;
    }

    /// <summary>The session was validated at the start of the request, so a signed-in user is valid.</summary>
    public override Task<User?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        principal?.CurrentSession() is null ? Task.FromResult<User?>(null) : UserManager.GetUserAsync(principal);

    /// <summary>
    /// Signs in a user authenticated by an external provider or other code. Banned users are rejected, and the second factor is
    /// required.
    /// </summary>
    protected override async Task<IdentitySignInResult> SignInOrTwoFactorAsync(
        User user,
        bool isPersistent,
        string? loginProvider = null,
        bool bypassTwoFactor = false
    )
    {
        var request = new SignInRequest(
            loginProvider is null ? SessionMethod.MagicLink : SessionMethod.External,
            isPersistent,
            SecretCookie.TrustedBrowser.Read(Context)
        )
        {
            SecondFactorDone = bypassTwoFactor && user.TwoFactorEnabled,
            Provider = loginProvider,
            ByCode = true,
        };
        await ForgetExternalAsync();
        return await ResultAsync(await InOwnScopeAsync<SignInCompletion, Result<SignInOutcome>>(s => s.RunAsync(user.Id, request, Ct)));
    }

    /// <summary>Failures lock out passwords, not the account, because strangers can cause them.</summary>
    protected override Task<bool> IsLockedOut(User user) => Task.FromResult(user.IsBanned(Get<TimeProvider>().GetUtcNow().UtcDateTime));

    // A provider's result is valid for one sign-in.
    private async Task ForgetExternalAsync()
    {
        if (await Get<IAuthenticationSchemeProvider>().GetSchemeAsync(IdentityConstants.ExternalScheme) is not null)
        {
            await Context.SignOutAsync(IdentityConstants.ExternalScheme);
        }
    }

    private async Task<IdentitySignInResult> ResultAsync(Result<SignInOutcome> outcome)
    {
        if (outcome.Failed)
        {
            return Refusal(outcome.Error!);
        }

        if (outcome.Value.SignedIn is { } signedIn)
        {
            await EnterAndShowAsync(signedIn, []);
            return IdentitySignInResult.Success;
        }

        await WriteCookiesAsync(outcome.Value);
        return IdentitySignInResult.TwoFactorRequired;
    }

    // As in Identity, the rest of the request sees the signed-in user.
    private async Task EnterAndShowAsync(SignedIn signedIn, IEnumerable<Claim> additionalClaims)
    {
        await WriteCookiesAsync(signedIn);
        var keyHash = SessionSecret.Hash(signedIn.Session.Secret);
        if (await Get<ICurrentSessions>().FindAsync(keyHash, Get<TimeProvider>().GetUtcNow().UtcDateTime, Ct) is { } session)
        {
            var identity = CallerIdentity.Of(session, keyHash);
            identity.AddClaims(additionalClaims);
            Context.User = new ClaimsPrincipal(identity);
        }
    }

    // A use case with its own transactions runs in its own scope, without loaded entities, which the caller still uses.
    private async Task<TResult> InOwnScopeAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Context.RequestServices.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private T Get<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();

    private static IdentitySignInResult Refusal(Error error) =>
        error.Code == "user_banned" ? IdentitySignInResult.LockedOut : IdentitySignInResult.Failed;
}
