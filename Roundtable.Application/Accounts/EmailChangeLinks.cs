using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Application.Users;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Redeems the links of a change of address: the confirmation at the new address, the way back at the old one.</summary>
[ScopedService]
public sealed class EmailChangeLinks(
    IUserRepository users,
    OneTimeTokens tokens,
    AddressRelease addresses,
    AddressMover mover,
    ForeignCredentials foreign,
    IRequestContext context,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Moves the account to the new address. Errors: <c>invalid_token</c>, also when the address was taken meanwhile.</summary>
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

                await mover.MoveAsync(user, newEmail, token.Id, payload.SessionId, ct);
                if (context.Session?.Id != payload.SessionId)
                {
                    // The click proves the mailbox, not who set the credentials of the account that asked for it.
                    await foreign.MarkAsync(user, ct);
                }

                return Result.Success;
            },
            ct
        );

    /// <summary>
    /// Gives the account its old address back, ends whatever is open and removes credentials set since. Errors: <c>invalid_token</c>,
    /// <c>conflict</c> when another account keeps the address; the link stays good then.
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

                if (await users.LoadByEmailAsync(oldEmail.Normalized, ct) is { } holder && holder.Id != user.Id)
                {
                    if (!YieldsToUndo(holder, token))
                    {
                        return AccountErrors.OldAddressTaken;
                    }

                    await addresses.ReleaseAsync(holder, user, ct);
                }

                // The click proves the old mailbox: an account that an admin moved from it unverified may be a stranger's.
                await foreign.RemoveFromSignUpAsync(user, user, ct);
                await mover.MoveBackAsync(user, oldEmail, token, payload.AskedId, ct);
                return Result.Success;
            },
            ct
        );

    // An account created there since the change: by a thief to keep the owner out, or by the owner who signed in at the old address. One
    // that is older only moved there, and holds somebody's data.
    private static bool YieldsToUndo(User holder, OneTimeToken undo) =>
        !holder.HasFurtherRole && (string.CompareOrdinal(holder.Id, undo.Id) > 0 || holder.LastSeenOrEpochUtc == User.NeverSeen);
}
