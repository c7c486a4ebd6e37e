using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Roundtable.Api.Logging;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using IdentitySignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Roundtable.Api.Authentication;

/// <summary>
/// The one door into a session: whatever proved who somebody is, the browser gets its cookies here. What Identity's own members do goes through the
/// product's use cases: failures count, the second factor is asked for, banned users stay out, and what was done is on record.
/// </summary>
public sealed class RoundtableSignInManager(
    UserManager<User> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<User> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation)
    : SignInManager<User>(users, accessor, claims, options, logger, schemes, confirmation)
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity(IdentityConstants.ApplicationScheme));

    private bool handsOver;

    private CancellationToken Ct => Context.RequestAborted;

    /// <summary>Hands the browser what came of signing in: the session's cookies, or that of the question for the second factor.</summary>
    public Task EnterAsync(SignInOutcome outcome)
    {
        if (outcome.Challenge is not { } challenge)
        {
            return EnterAsync(outcome.SignedIn!);
        }

        SecretCookie.TwoFactorChallenge.Write(Context, challenge);
        return Task.CompletedTask;
    }

    /// <summary>Hands the browser its session.</summary>
    public async Task EnterAsync(SignedIn signedIn)
    {
        var principal = Context.User;
        handsOver = true;
        await base.SignInWithClaimsAsync(new User { Id = signedIn.UserId }, SessionCookie.PropertiesOf(signedIn.Session), []);
        handsOver = false;
        Context.User = principal;
        RequestLog.SignedIn(Context, signedIn.UserId);
        SecretCookie.TwoFactorChallenge.Remove(Context);
        if (signedIn.BrowserSecrets is { } secrets)
        {
            // A browser that is not to remember the user does not remember this either, unless it knows other accounts.
            SecretCookie.KnownBrowsers.Write(Context, secrets, signedIn.Session.RememberMe || secrets.Contains(KnownBrowsers.Separator, StringComparison.Ordinal));
        }
    }

    /// <summary>Spares the browser the second step from now on, where the first sign-in asked for that.</summary>
    public void Trust(TwoFactorOutcome outcome)
    {
        if (outcome.TrustSecret is { } trust)
        {
            SecretCookie.TrustedBrowser.Write(Context, trust);
        }
    }

    /// <summary>The secret is all that the cookie carries: whose it is stands in the database.</summary>
    public override Task<ClaimsPrincipal> CreateUserPrincipalAsync(User user) => handsOver ? Task.FromResult(Nobody) : base.CreateUserPrincipalAsync(user);

    /// <summary>Opens a session for somebody whom the caller has made sure of, the second factor included.</summary>
    /// <param name="additionalClaims">Last for this request; what is to last longer is a claim of the user.</param>
    /// <exception cref="InvalidOperationException">The user is banned, or gone.</exception>
    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var request = new SignInRequest(SessionMethod.MagicLink, authenticationProperties?.IsPersistent ?? false) { SecondFactorDone = user.TwoFactorEnabled };
        var outcome = await Get<SignIn>().RunAsync(user.Id, request, Ct);
        if (outcome.Failed)
        {
            throw new InvalidOperationException(outcome.Error!.Message);
        }

        await EnterAsync(outcome.Value.SignedIn!);
        var keyHash = SessionSecret.Hash(outcome.Value.SignedIn!.Session.Secret);
        if (await Get<ICurrentSessions>().FindAsync(keyHash, Get<TimeProvider>().GetUtcNow().UtcDateTime, Ct) is { } session)
        {
            var identity = new SessionIdentity(session, keyHash);
            identity.AddClaims(additionalClaims);
            Context.User = new ClaimsPrincipal(identity);
        }
    }

    /// <summary>Claims are read anew with every request: there is nothing to renew.</summary>
    public override Task RefreshSignInAsync(User user) => Task.CompletedTask;

    /// <summary>Ends the session on the server.</summary>
    public override async Task SignOutAsync()
    {
        await Get<SessionService>().SignOutAsync(Ct);
        await SessionCookie.RemoveAsync(Context);
    }

    /// <param name="lockoutOnFailure">Failures always count.</param>
    public override async Task<IdentitySignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure) =>
        await ResultAsync(await Get<PasswordSignIn>().SignInAsync(
            new PasswordSignInRequest(userName, password, isPersistent, SecretCookie.TrustedBrowser.Read(Context)), Ct));

    /// <inheritdoc/>
    public override Task<IdentitySignInResult> PasswordSignInAsync(User user, string password, bool isPersistent, bool lockoutOnFailure) =>
        PasswordSignInAsync(user.Email, password, isPersistent, lockoutOnFailure);

    /// <summary>The second step of the sign-in that this browser has begun.</summary>
    /// <param name="isPersistent">As the first step said.</param>
    public override Task<IdentitySignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        AnswerAsync(code, null, rememberClient);

    /// <inheritdoc cref="TwoFactorAuthenticatorSignInAsync"/>
    public override Task<IdentitySignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) => AnswerAsync(null, recoveryCode, rememberClient: false);

    /// <inheritdoc cref="TwoFactorAuthenticatorSignInAsync"/>
    public override Task<IdentitySignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        provider == Options.Tokens.AuthenticatorTokenProvider ? AnswerAsync(code, null, rememberClient) : Task.FromResult(IdentitySignInResult.Failed);

    /// <summary>Who has begun to sign in in this browser and still has to show the second factor.</summary>
    public override async Task<User?> GetTwoFactorAuthenticationUserAsync() =>
        await Get<OneTimeTokens>().FindAsync(TokenPurpose.TwoFactorChallenge, SecretCookie.TwoFactorChallenge.Read(Context), Ct) is { UserId: { } id }
            ? await UserManager.FindByIdAsync(id)
            : null;

    /// <summary>The options for <c>navigator.credentials.get</c>; the browser's answer is taken once.</summary>
    /// <param name="user">The browser offers the passkeys that it has, whoever is expected.</param>
    public override async Task<string> MakePasskeyRequestOptionsAsync(User? user) => (await AskForPasskeyAsync(Ct)).GetRawText();

    /// <inheritdoc cref="MakePasskeyRequestOptionsAsync"/>
    public async Task<JsonElement> AskForPasskeyAsync(CancellationToken ct) => Remember((await Get<PasskeySignIn>().BeginAsync(ct)).Value);

    /// <summary>The options for <c>navigator.credentials.create</c>, for who is signed in; the browser's answer is taken once.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public override async Task<string> MakePasskeyCreationOptionsAsync(PasskeyUserEntity userEntity) =>
        Context.User.CurrentSession() is { } session
            ? Remember((await Get<PasskeyService>().BeginAsync(session, Ct)).Value).GetRawText()
            : throw new InvalidOperationException("Somebody must be signed in to add a passkey.");

    /// <inheritdoc/>
    public override async Task<IdentitySignInResult> PasskeySignInAsync(string credentialJson) => await ResultAsync(await TakePasskeyAsync(credentialJson, Ct));

    /// <summary>What comes of the browser's answer to <see cref="MakePasskeyRequestOptionsAsync"/>.</summary>
    public Task<Result<SignInOutcome>> TakePasskeyAsync(string credentialJson, CancellationToken ct) => Get<PasskeySignIn>().FinishAsync(TakeCeremony(), credentialJson, ct);

    /// <summary>What the browser's answer to <see cref="MakePasskeyCreationOptionsAsync"/> holds; <c>AddOrUpdatePasskeyAsync</c> keeps it.</summary>
    public override async Task<PasskeyAttestationResult> PerformPasskeyAttestationAsync(string credentialJson) =>
        await Get<IPasskeyHandler<User>>().PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = Context,
            CredentialJson = credentialJson,
            AttestationState = await TakeStateAsync(TokenPurpose.PasskeyRegistration),
        });

    /// <summary>Whose passkey the browser's answer to <see cref="MakePasskeyRequestOptionsAsync"/> shows, without signing in.</summary>
    public override async Task<PasskeyAssertionResult<User>> PerformPasskeyAssertionAsync(string credentialJson) =>
        await Get<IPasskeyHandler<User>>().PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = Context,
            CredentialJson = credentialJson,
            AssertionState = await TakeStateAsync(TokenPurpose.PasskeySignIn),
        });

    /// <summary>Whoever an external provider, or other code, has made sure of: banned users stay out, and the second factor is asked for.</summary>
    protected override async Task<IdentitySignInResult> SignInOrTwoFactorAsync(User user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        var request = new SignInRequest(SessionMethod.MagicLink, isPersistent, SecretCookie.TrustedBrowser.Read(Context)) { SecondFactorDone = bypassTwoFactor && user.TwoFactorEnabled };
        return await ResultAsync(await Get<SignIn>().RunAsync(user.Id, request, Ct));
    }

    private async Task<IdentitySignInResult> AnswerAsync(string? code, string? recoveryCode, bool rememberClient)
    {
        var answer = new TwoFactorAnswer(SecretCookie.TwoFactorChallenge.Read(Context), code, recoveryCode, rememberClient);
        var outcome = await Get<TwoFactorSignIn>().VerifyAsync(answer, Ct);
        if (outcome.Failed)
        {
            return Refusal(outcome.Error!);
        }

        Trust(outcome.Value);
        await EnterAsync(outcome.Value.SignedIn);
        return IdentitySignInResult.Success;
    }

    private async Task<IdentitySignInResult> ResultAsync(Result<SignInOutcome> outcome)
    {
        if (outcome.Failed)
        {
            return Refusal(outcome.Error!);
        }

        await EnterAsync(outcome.Value);
        return outcome.Value.Challenge is null ? IdentitySignInResult.Success : IdentitySignInResult.TwoFactorRequired;
    }

    private JsonElement Remember(PasskeyOptions begun)
    {
        SecretCookie.PasskeyCeremony.Write(Context, begun.Secret);
        return begun.Options;
    }

    private string? TakeCeremony()
    {
        var secret = SecretCookie.PasskeyCeremony.Read(Context);
        SecretCookie.PasskeyCeremony.Remove(Context);
        return secret;
    }

    private async Task<string?> TakeStateAsync(TokenPurpose purpose)
    {
        var secret = TakeCeremony();
        var taken = await Get<IUnitOfWork>().ExecuteAsync<Result<OneTimeToken?>>(async ct => await Get<OneTimeTokens>().RedeemAsync(purpose, secret, ct), Ct);
        return taken is { Failed: false, Value: { } token } ? OneTimeTokens.Payload<string>(token) : null;
    }

    private T Get<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();

    private static IdentitySignInResult Refusal(Error error) => error.Code == "user_banned" ? IdentitySignInResult.LockedOut : IdentitySignInResult.Failed;
}
