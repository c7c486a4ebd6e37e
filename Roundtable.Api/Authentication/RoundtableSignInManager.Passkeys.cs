using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Roundtable.Application.Common;
using Roundtable.Application.Passkeys;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using IdentitySignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Roundtable.Api.Authentication;

/// <content>Passkeys. The challenge is stored in the database, and its response accepted once.</content>
public sealed partial class RoundtableSignInManager
{
    /// <summary>Creates the options for <c>navigator.credentials.get</c>; the browser's response is accepted once.</summary>
    /// <param name="user">Ignored: the browser offers all passkeys that it has.</param>
    public override async Task<string> MakePasskeyRequestOptionsAsync(User? user) => (await AskForPasskeyAsync(Ct)).GetRawText();

    /// <inheritdoc cref="MakePasskeyRequestOptionsAsync"/>
    public async Task<JsonElement> AskForPasskeyAsync(CancellationToken ct) =>
        Remember((await InOwnScopeAsync<PasskeySignIn, Result<PasskeyOptions>>(s => s.BeginAsync(ct))).Value);

    /// <summary>Creates the signed-in user's options for <c>navigator.credentials.create</c>; the response is accepted once.</summary>
    /// <exception cref="InvalidOperationException">No user is signed in.</exception>
    public override async Task<string> MakePasskeyCreationOptionsAsync(PasskeyUserEntity userEntity) =>
        Context.User.CurrentSession() is { Impersonator: null } session
            ? Remember((await InOwnScopeAsync<PasskeyService, Result<PasskeyOptions>>(s => s.BeginAsync(session, Ct))).Value).GetRawText()
            : throw new InvalidOperationException("A user must be signed in to add a passkey.");

    /// <inheritdoc/>
    public override async Task<IdentitySignInResult> PasskeySignInAsync(string credentialJson) =>
        await ResultAsync(await TakePasskeyAsync(credentialJson, Ct));

    /// <summary>Signs in with the browser's response to <see cref="MakePasskeyRequestOptionsAsync"/>.</summary>
    public Task<Result<SignInOutcome>> TakePasskeyAsync(string credentialJson, CancellationToken ct) =>
        InOwnScopeAsync<PasskeySignIn, Result<SignInOutcome>>(s => s.FinishAsync(TakeCeremony(), credentialJson, ct));

    /// <summary>
    /// Verifies the response to <see cref="MakePasskeyCreationOptionsAsync"/>; <c>AddOrUpdatePasskeyAsync</c> stores the passkey.
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

    /// <summary>Finds the passkey's owner by the response to <see cref="MakePasskeyRequestOptionsAsync"/>, without signing in.</summary>
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
