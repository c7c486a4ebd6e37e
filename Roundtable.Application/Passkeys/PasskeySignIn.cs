using Roundtable.Application.Common;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.Passkeys;

/// <summary>Signs in with a passkey, without an address. Possessing the device and unlocking it are two factors.</summary>
[ScopedService]
public sealed class PasskeySignIn(
    IPasskeyCeremonies ceremonies,
    OneTimeTokens tokens,
    SignInCompletion signIn,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    private static readonly TimeSpan CeremonyLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Returns the options for using a passkey. The secret goes into a cookie; the stored state works once.</summary>
    public Task<Result<PasskeyOptions>> BeginAsync(CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<PasskeyOptions>>(
            async ct =>
            {
                var ceremony = await ceremonies.BeginSignInAsync(ct);
                var subject = EntityId.New(clock.GetUtcNow().UtcDateTime);
                var secret = await tokens.IssueAsync(TokenPurpose.PasskeySignIn, null, subject, ceremony.State, CeremonyLifetime, ct);
                return new PasskeyOptions(ceremony.Options, secret);
            },
            ct
        );

    /// <summary>Errors: <c>invalid_credentials</c>, <c>user_banned</c>.</summary>
    public Task<Result<SignInOutcome>> FinishAsync(string? secret, string credentialJson, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<SignInOutcome>>(
            async ct =>
            {
                var token = await tokens.RedeemAsync(TokenPurpose.PasskeySignIn, secret, ct);
                if (
                    token is null
                    || await ceremonies.FinishSignInAsync(credentialJson, OneTimeTokens.Payload<string>(token) ?? "", ct)
                        is not { EmailVerified: true } user
                )
                {
                    return AccountErrors.InvalidCredentials;
                }

                return await signIn.RunAsync(user.Id, new SignInRequest(SessionMethod.Passkey, RememberMe: true), ct);
            },
            ct
        );
}
