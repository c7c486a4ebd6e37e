using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Accounts;
using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using IdentitySignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Roundtable.Api.Authentication;

/// <content>Passkeys. What the browser is asked is remembered in the database, and its answer taken once.</content>
public sealed partial class RoundtableSignInManager
{
    /// <summary>The options for <c>navigator.credentials.get</c>; the browser's answer is taken once.</summary>
    /// <param name="user">The browser offers the passkeys that it has, whoever is expected.</param>
    public override async Task<string> MakePasskeyRequestOptionsAsync(User? user) => (await AskForPasskeyAsync(Ct)).GetRawText();

    /// <inheritdoc cref="MakePasskeyRequestOptionsAsync"/>
    public async Task<JsonElement> AskForPasskeyAsync(CancellationToken ct) =>
        Remember((await InOwnScopeAsync<PasskeySignIn, Result<PasskeyOptions>>(s => s.BeginAsync(ct))).Value);

    /// <summary>The options for <c>navigator.credentials.create</c>, for who is signed in; the browser's answer is taken once.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public override async Task<string> MakePasskeyCreationOptionsAsync(PasskeyUserEntity userEntity) =>
        Context.User.CurrentSession() is { Impersonator: null } session
            ? Remember((await InOwnScopeAsync<PasskeyService, Result<PasskeyOptions>>(s => s.BeginAsync(session, Ct))).Value).GetRawText()
            : throw new InvalidOperationException("Somebody must be signed in to add a passkey.");

    /// <inheritdoc/>
    public override async Task<IdentitySignInResult> PasskeySignInAsync(string credentialJson) =>
        await ResultAsync(await TakePasskeyAsync(credentialJson, Ct));

    /// <summary>What comes of the browser's answer to <see cref="MakePasskeyRequestOptionsAsync"/>.</summary>
    public Task<Result<SignInOutcome>> TakePasskeyAsync(string credentialJson, CancellationToken ct) =>
        InOwnScopeAsync<PasskeySignIn, Result<SignInOutcome>>(s => s.FinishAsync(TakeCeremony(), credentialJson, ct));

    /// <summary>
    /// What the browser's answer to <see cref="MakePasskeyCreationOptionsAsync"/> holds; <c>AddOrUpdatePasskeyAsync</c> keeps it.
    /// </summary>
    public override async Task<PasskeyAttestationResult> PerformPasskeyAttestationAsync(string credentialJson) =>
        await Get<IPasskeyHandler<User>>()
            .PerformAttestationAsync(
                new PasskeyAttestationContext
                {
                    HttpContext = Context,
                    CredentialJson = credentialJson,
                    AttestationState = await TakeStateAsync(TokenPurpose.PasskeyRegistration),
                }
            );

    /// <summary>Whose passkey the browser's answer to <see cref="MakePasskeyRequestOptionsAsync"/> shows, without signing in.</summary>
    public override async Task<PasskeyAssertionResult<User>> PerformPasskeyAssertionAsync(string credentialJson) =>
        await Get<IPasskeyHandler<User>>()
            .PerformAssertionAsync(
                new PasskeyAssertionContext
                {
                    HttpContext = Context,
                    CredentialJson = credentialJson,
                    AssertionState = await TakeStateAsync(TokenPurpose.PasskeySignIn),
                }
            );

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
        var taken = await InOwnScopeAsync<IServiceProvider, Result<OneTimeToken?>>(own =>
            own.GetRequiredService<IUnitOfWork>()
                .ExecuteAsync<Result<OneTimeToken?>>(
                    async ct => await own.GetRequiredService<OneTimeTokens>().RedeemAsync(purpose, secret, ct),
                    Ct
                )
        );
        return taken is { Failed: false, Value: { } token } ? OneTimeTokens.Payload<string>(token) : null;
    }
}
