using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Application.EmailAddresses;

/// <summary>Frees addresses of accounts that never verified them: an incomplete registration must not block other users.</summary>
[ScopedService]
public sealed class AddressRelease(IUserRepository users, IAuditTrail audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Whether the account gives way to a proof of its address. An admin's decision stands: an account with a role beyond <c>user</c>
    /// stays, and so does a banned one.
    /// </summary>
    public bool YieldsToProof(User holder) =>
        (holder.IsUnproven || holder.IsUnverifiedSignUp) && !holder.HasFurtherRole && !holder.IsBanned(Now);

    /// <summary>Frees the address for an account whose owner has proved it. Returns false if another account keeps it.</summary>
    public async Task<bool> TryReleaseToProofAsync(EmailAddress email, User claimant, CancellationToken ct)
    {
        var holder = await users.LoadByEmailAsync(email.Normalized, ct);
        return holder is null || holder.Id == claimant.Id || (YieldsToProof(holder) && await ReleaseAsync(holder, claimant, ct));
    }

    /// <summary>
    /// Frees the address for an account that an admin creates or moves: only a sign-up gives way. Returns false if another account
    /// keeps it.
    /// </summary>
    /// <param name="account">The account that gets the address, if it exists already.</param>
    public async Task<bool> TryReleaseToAdminAsync(EmailAddress email, User? account, CancellationToken ct)
    {
        var holder = await users.LoadByEmailAsync(email.Normalized, ct);
        return holder is null || holder.Id == account?.Id || (YieldsToAdmin(holder) && await ReleaseAsync(holder, null, ct));
    }

    /// <summary>Whether the account with the address would give way to an admin.</summary>
    public async Task<bool> YieldsToAdminAsync(EmailAddress email, CancellationToken ct) =>
        await users.LoadByEmailAsync(email.Normalized, ct) is { } holder && YieldsToAdmin(holder);

    /// <summary>Removes the account and records it.</summary>
    /// <param name="claimant">The account that gets the address; null if the caller's session identifies the actor.</param>
    public async Task<bool> ReleaseAsync(User holder, User? claimant, CancellationToken ct)
    {
        // Writes the row first: a concurrent proof either commits earlier, and this unit of work is retried, or finds no account.
        holder.Touch(Now);
        await unitOfWork.FlushAsync(ct);
        var details = new { reason = "addressReclaimed" };
        audit.Record(AuditActions.UserDeleted, AuditTarget.User(holder.Id), details, claimant, new UserDeleted(EventUser.Of(holder)));
        await users.RemoveAsync(holder, ct);
        return true;
    }

    private bool YieldsToAdmin(User holder) => holder.IsUnverifiedSignUp && YieldsToProof(holder);
}
