using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>Finds and stores credentials for Identity's passkey handler.</content>
internal sealed partial class UserStore
{
    public override Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return Users.FirstOrDefaultAsync(u => u.Credentials.Passkeys.Any(p => p.CredentialId == id), cancellationToken);
    }

    public override Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Credentials.Passkeys.Select(ToInfo)]);

    public override Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId) is { } passkey ? ToInfo(passkey) : null);

    public override Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var now = Now;
        if (Find(user, passkey.CredentialId) is { } known)
        {
            if (passkey.Name is { Length: > 0 } name && name != known.Name)
            {
                known.Rename(name);
                return Task.CompletedTask;
            }

            known.Used(passkey.SignCount, passkey.IsBackedUp, passkey.IsUserVerified, now);
            return Task.CompletedTask;
        }

        var material = new PasskeyMaterial(
            passkey.PublicKey,
            passkey.SignCount,
            Transports(passkey.Transports ?? []),
            passkey.IsUserVerified,
            passkey.IsBackupEligible,
            passkey.IsBackedUp,
            passkey.AttestationObject,
            passkey.ClientDataJson
        );
        user.Credentials.AddPasskey(
            Passkey.Create(user.Id, Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", material, now)
        );
        return Task.CompletedTask;
    }

    public override async Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        if (Find(user, credentialId) is not { } passkey)
        {
            return;
        }

        user.Credentials.RemovePasskey(passkey);
        if (
            Context.Entry(user).State == EntityState.Detached
            && await Context.Passkeys.FindAsync([passkey.Id], cancellationToken) is { } stored
        )
        {
            Context.Passkeys.Remove(stored);
        }
    }

    private static Passkey? Find(User user, byte[] credentialId)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return user.Credentials.Passkeys.FirstOrDefault(p => p.CredentialId == id);
    }

    // The client reports them unsigned: names that are invalid or exceed the maximum length are dropped.
    private static string Transports(IEnumerable<string> named)
    {
        var kept = "";
        foreach (
            var name in named
                .Where(n => n is { Length: > 0 } && n.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                .Distinct(StringComparer.Ordinal)
        )
        {
            var longer = kept.Length == 0 ? name : $"{kept},{name}";
            kept = longer.Length <= Passkey.TransportsMaxLength ? longer : kept;
        }

        return kept;
    }

    private static UserPasskeyInfo ToInfo(Passkey p) =>
        new(
            Base64Url.DecodeFromChars(p.CredentialId),
            p.PublicKey,
            new DateTimeOffset(p.CreatedAtUtc),
            (uint)p.SignCount,
            p.Transports.Length == 0 ? null : p.Transports.Split(','),
            p.IsUserVerified,
            p.IsBackupEligible,
            p.IsBackedUp,
            p.AttestationObject,
            p.ClientDataJson
        )
        {
            Name = p.Name,
        };
}
