using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Redeems the links of an e-mail change: the confirmation at the new address, the undo link at the old one.</summary>
[ScopedService]
public sealed class EmailChangeLinkService(
    IUserRepository users,
    OneTimeTokens tokens,
    AddressRelease addresses,
    EmailChanger changer,
    IRequestContext context,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Moves the account to the new address. Errors: <c>invalid_token</c>, also if the address was taken in the meantime.
    /// </summary>
    public Task<Result> ConfirmAsync(string secret, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (
                    await tokens.RedeemAsync(TokenPurpose.EmailChange, secret, ct) is not { UserId: { } id } token
                    || OneTimeTokens.Payload<EmailChangePayload>(token) is not { } payload
                    || !EmailAddress.TryParse(payload.NewEmail, out var newEmail)
                    || await users.LoadAsync(id, ct) is not { } user
                    || !await addresses.TryReleaseToProofAsync(newEmail, user, ct)
                )
                {
                    return TokenErrors.InvalidToken;
                }

                var bySession = context.Session?.Id == payload.SessionId;
                await changer.MoveAsync(user, newEmail, token.Id, payload.SessionId, bySession, ct);
                return Result.Success;
            },
            ct
        );

    /// <summary>
    /// Restores the account's old address, ends all sessions and pending links, and removes credentials set since. Errors:
    /// <c>invalid_token</c>, <c>conflict</c> if another account keeps the address; the link then stays valid.
    /// </summary>
    public Task<Result> UndoAsync(string secret, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                if (
                    await tokens.RedeemAsync(TokenPurpose.EmailChangeUndo, secret, ct) is not { UserId: { } id } token
                    || OneTimeTokens.Payload<EmailUndoPayload>(token) is not { } payload
                    || !EmailAddress.TryParse(payload.OldEmail, out var oldEmail)
                    || await users.LoadAsync(id, ct) is not { } user
                )
                {
                    return TokenErrors.InvalidToken;
                }

                var undoId = payload.UndoId ?? token.Id;
                if (await users.LoadByEmailAsync(oldEmail.Normalized, ct) is { } holder && holder.Id != user.Id)
                {
                    if (!YieldsToUndo(holder, undoId))
                    {
                        return AccountErrors.OldAddressTaken;
                    }

                    await addresses.ReleaseAsync(holder, user, ct);
                }

                await changer.MoveBackAsync(user, oldEmail, undoId, payload, ct);
                return Result.Success;
            },
            ct
        );

    // Yields if created at the old address since the change: by an attacker to lock the owner out, or by the owner, who signed in
    // there. An older account only moved there, and holds another user's data.
    private static bool YieldsToUndo(User holder, string undoId) =>
        !holder.HasFurtherRole && (string.CompareOrdinal(holder.Id, undoId) > 0 || holder.LastSeenOrEpochUtc == User.NeverSeen);
}
