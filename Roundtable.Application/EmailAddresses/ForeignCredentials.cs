using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>
/// Removes credentials that someone other than the owner of the address has set. A mailed link proves the mailbox, not who set a
/// password: whenever an account gains trust by a proof or a decision that is not its own, they are removed first.
/// </summary>
[ScopedService]
public sealed class ForeignCredentials(
    IUserRepository users,
    ICredentialRepository credentials,
    AccessRevocation revocation,
    ApiKeyRevocation apiKeys,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Removes them from a sign-up whose address is about to count as verified.</summary>
    /// <param name="actor">The user who proves the address; null if an admin confirms it.</param>
    public async Task RemoveFromSignUpAsync(User user, User? actor, CancellationToken ct)
    {
        if (user.IsUnverifiedSignUp)
        {
            await RemoveAllAsync(user, actor, ct);
        }
    }

    /// <summary>Removes all credentials, sessions and pending tokens of an account whose first proven owner takes it over.</summary>
    /// <inheritdoc cref="RemoveFromSignUpAsync"/>
    public async Task RemoveAllAsync(User user, User? actor, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(user.Id, ct) is { } account)
        {
            await WipeAsync(account, actor, ct);
        }
    }

    /// <summary>Removes them from an account that is to gain privileges; returns false if there are none.</summary>
    /// <inheritdoc cref="RemoveFromSignUpAsync"/>
    public async Task<bool> RemoveAsync(User user, User? actor, CancellationToken ct)
    {
        if (await users.LoadWithCredentialsAsync(user.Id, ct) is not { } account || !IsForeign(account))
        {
            return false;
        }

        await WipeAsync(account, actor, ct);
        return true;
    }

    /// <summary>Whether the account has any of them.</summary>
    public async Task<bool> ExistAsync(User user, CancellationToken ct) =>
        await users.LoadWithCredentialsAsync(user.Id, ct) is { } account && IsForeign(account);

    /// <summary>Marks the credentials when the account moves to an address whose owner may not have set them.</summary>
    public Task MarkAsync(User user, CancellationToken ct) => credentials.MarkSetByOthersAsync(user.Id, ct);

    /// <summary>Ends all sessions and pending tokens, and removes the credentials that were set since the id was created.</summary>
    public async Task EvictAsync(User user, string id, CancellationToken ct)
    {
        await revocation.EndAsync(user, SessionEndReason.Disowned, null, undosAfterId: null, ct);
        await RemoveSetAfterAsync(user, id, ct);
    }

    /// <summary>Removes the credentials that were set since the id was created.</summary>
    public async Task RemoveSetAfterAsync(User user, string id, CancellationToken ct)
    {
        var account = await users.LoadWithCredentialsAsync(user.Id, ct);
        account!.Credentials.RemoveSetAfter(id);
        await credentials.RemoveLoginsConnectedAfterAsync(user.Id, id, ct);
        await apiKeys.EndSetAfterAsync(user, id, ct);
    }

    // Since passwords have a set id, it is recorded who set them; an older one may come from the admin or import that created the account.
    private static bool IsForeign(User account) =>
        account.IsUnverifiedSignUp
        || account.Credentials.SetByOthers
        || (account.Origin != UserOrigin.SelfRegistered && account.Credentials is { PasswordHash: not null, PasswordSetId: null });

    private async Task WipeAsync(User account, User? actor, CancellationToken ct)
    {
        account.Credentials.Wipe();
        await credentials.RemoveLoginsAsync(account.Id, ct);
        await apiKeys.EndAllAsync(account, actor, ct);
        await revocation.EndAsync(account, SessionEndReason.AccountClaimed, null, undosAfterId: null, ct);
        audit.Record(AuditActions.UserClaimed, AuditTarget.User(account.Id), actor: actor);

        // The following sign-in queries the database for the second factor, which must be removed by then.
        await unitOfWork.FlushAsync(ct);
    }
}
