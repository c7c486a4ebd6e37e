using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Application.TwoFactor;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using IdentitySignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Roundtable.Api.Authentication;

/// <content>The second factor of a sign-in, and trusted browsers.</content>
public sealed partial class RoundtableSignInManager
{
    /// <summary>Trusts the browser, so that it skips the second factor, if the sign-in asked for that.</summary>
    public void Trust(TwoFactorOutcome outcome)
    {
        if (outcome.TrustSecret is { } trust)
        {
            SecretCookie.TrustedBrowser.Write(Context, trust);
        }
    }

    /// <summary>Whether the browser may skip the second factor of this user.</summary>
    public override async Task<bool> IsTwoFactorClientRememberedAsync(User user) =>
        (await Get<OneTimeTokens>().FindAsync(TokenPurpose.TrustedBrowser, SecretCookie.TrustedBrowser.Read(Context), Ct))?.UserId
        == user.Id;

    /// <summary>Trusts the browser until its session is revoked.</summary>
    /// <exception cref="InvalidOperationException">The user is not signed in in this browser.</exception>
    public override async Task RememberTwoFactorClientAsync(User user)
    {
        var session = Context.User.CurrentSession();
        if (session is not { Impersonator: null } || session.UserId != user.Id)
        {
            throw new InvalidOperationException("Only a browser in which the user is signed in can be trusted.");
        }

        var secret = await InOwnScopeAsync<IServiceProvider, Result<string>>(own =>
            own.GetRequiredService<IUnitOfWork>()
                .ExecuteAsync<Result<string>>(
                    async ct => await own.GetRequiredService<TrustedBrowsers>().TrustAsync(user, session.Id, ct),
                    Ct
                )
        );
        SecretCookie.TrustedBrowser.Write(Context, secret.Value);
    }

    public override Task ForgetTwoFactorClientAsync()
    {
        SecretCookie.TrustedBrowser.Remove(Context);
        return Task.CompletedTask;
    }

    /// <summary>Completes the sign-in that this browser has started.</summary>
    /// <param name="isPersistent">Ignored: the first step decided it.</param>
    public override Task<IdentitySignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        AnswerAsync(code, null, rememberClient);

    /// <inheritdoc cref="TwoFactorAuthenticatorSignInAsync"/>
    public override Task<IdentitySignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        AnswerAsync(null, recoveryCode, rememberClient: false);

    /// <inheritdoc cref="TwoFactorAuthenticatorSignInAsync"/>
    public override Task<IdentitySignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        provider == Options.Tokens.AuthenticatorTokenProvider
            ? AnswerAsync(code, null, rememberClient)
            : Task.FromResult(IdentitySignInResult.Failed);

    /// <summary>The user whose sign-in in this browser still needs the second factor.</summary>
    public override async Task<User?> GetTwoFactorAuthenticationUserAsync() =>
        await Get<OneTimeTokens>().FindAsync(TokenPurpose.TwoFactorChallenge, SecretCookie.TwoFactorChallenge.Read(Context), Ct)
            is { UserId: { } id }
            ? await UserManager.FindByIdAsync(id)
            : null;

    private async Task<IdentitySignInResult> AnswerAsync(string? code, string? recoveryCode, bool rememberClient)
    {
        var answer = new TwoFactorAnswer(SecretCookie.TwoFactorChallenge.Read(Context), code, recoveryCode, rememberClient);
        var outcome = await InOwnScopeAsync<TwoFactorSignInService, Result<TwoFactorOutcome>>(s => s.VerifyAsync(answer, Ct));
        if (outcome.Failed)
        {
            return Refusal(outcome.Error!);
        }

        Trust(outcome.Value);
        await EnterAndShowAsync(outcome.Value.SignedIn, []);
        return IdentitySignInResult.Success;
    }
}
