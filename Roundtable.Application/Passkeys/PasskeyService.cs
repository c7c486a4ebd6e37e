using AutoMapper;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Passkeys;

/// <summary>Manages the caller's passkeys.</summary>
[ScopedService]
public sealed class PasskeyService(
    IUserRepository users,
    IPasskeyCeremonies ceremonies,
    OneTimeTokens tokens,
    PasskeyNotices notices,
    IUnitOfWork unitOfWork,
    IMapper mapper
)
{
    private static readonly TimeSpan CeremonyLifetime = TimeSpan.FromMinutes(5);

    public async Task<Result<IReadOnlyList<PasskeyDto>>> ListAsync(CurrentSession caller, CancellationToken ct) =>
        await users.LoadWithCredentialsAsync(caller.UserId, ct) is { } user
            ? mapper.Map<List<PasskeyDto>>(user.Credentials.Passkeys.OrderBy(p => p.Id, StringComparer.Ordinal))
            : Errors.Unauthenticated;

    /// <summary>Returns the options for creating a passkey. The secret goes into a cookie; the stored state works once.</summary>
    public Task<Result<PasskeyOptions>> BeginAsync(CurrentSession caller, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<PasskeyOptions>>(
            async ct =>
            {
                if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                var ceremony = await ceremonies.BeginRegistrationAsync(user, ct);
                var secret = await tokens.IssueAsync(
                    TokenPurpose.PasskeyRegistration,
                    user.Id,
                    user.Id,
                    ceremony.State,
                    CeremonyLifetime,
                    caller.Id,
                    ct
                );
                return new PasskeyOptions(ceremony.Options, secret);
            },
            ct
        );

    /// <summary>Adds the passkey that the browser created. Errors: <c>validation_failed</c> if its response is invalid.</summary>
    public Task<Result<PasskeyDto>> FinishAsync(
        CurrentSession caller,
        string? secret,
        string name,
        string credentialJson,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync<Result<PasskeyDto>>(
            async ct =>
            {
                if (await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } user)
                {
                    return Errors.Unauthenticated;
                }

                var token = await tokens.RedeemAsync(TokenPurpose.PasskeyRegistration, secret, ct);
                if (
                    token?.SessionId != caller.Id
                    || await ceremonies.FinishRegistrationAsync(user, name, credentialJson, OneTimeTokens.Payload<string>(token) ?? "", ct)
                        is not { } credentialId
                )
                {
                    return PasskeyErrors.NotAccepted;
                }

                var passkey = user.Credentials.Passkeys.Single(p => p.CredentialId == credentialId);
                return mapper.Map<PasskeyDto>(passkey);
            },
            ct
        );

    /// <summary>Errors: <c>not_found</c>.</summary>
    public Task<Result<PasskeyDto>> RenameAsync(CurrentSession caller, string id, string name, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            (user, passkey) =>
            {
                passkey.Rename(name);
                notices.Renamed(user, passkey);
            },
            ct
        );

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result> RemoveAsync(CurrentSession caller, string id, CancellationToken ct) =>
        await ChangeAsync(
            caller,
            id,
            (user, passkey) =>
            {
                user.Credentials.RemovePasskey(passkey);
                notices.Changed(AuditActions.PasskeyRemoved, user, passkey, MailPhrases.Removed);
            },
            ct
        );

    private Task<Result<PasskeyDto>> ChangeAsync(CurrentSession caller, string id, Action<User, Passkey> change, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<PasskeyDto>>(
            async ct =>
            {
                var user = await users.LoadWithCredentialsAsync(caller.UserId, ct);
                if (user?.Credentials.Passkeys.FirstOrDefault(p => p.Id == id) is not { } passkey)
                {
                    return Errors.NotFound("passkey", id);
                }

                change(user, passkey);
                user.Touch(unitOfWork.UtcNow);
                return mapper.Map<PasskeyDto>(passkey);
            },
            ct
        );
}
