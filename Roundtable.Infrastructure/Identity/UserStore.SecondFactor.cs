using Roundtable.Application.TwoFactor;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>Stores the authenticator key encrypted and recovery codes as hashes.</content>
internal sealed partial class UserStore
{
    /// <summary>Also null for a key that another session prepared: adding it to an app would share it with that session.</summary>
    public override Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken)
    {
        var belongsToOther =
            !user.TwoFactorEnabled && user.Credentials.TwoFactorSetupSessionId is { } preparedBy && preparedBy != context.Session?.Id;
        return Task.FromResult(!belongsToOther && user.Credentials.ProtectedTwoFactorSecret is { } secret ? codes.Unprotect(secret) : null);
    }

    public override Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken)
    {
        user.Credentials.PrepareTwoFactor(codes.Protect(key), context.Session?.Id);
        return Task.CompletedTask;
    }

    public override Task ReplaceCodesAsync(User user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        user.Credentials.ReplaceRecoveryCodes(recoveryCodes.Select(c => SecondFactor.HashRecoveryCode(user.Id, c)), EntityId.New(Now));
        return Task.CompletedTask;
    }

    public override Task<bool> RedeemCodeAsync(User user, string code, CancellationToken cancellationToken) =>
        Task.FromResult(user.Credentials.TakeRecoveryCode(SecondFactor.HashRecoveryCode(user.Id, code)));

    public override Task<int> CountCodesAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Credentials.RecoveryCodes.Count);
}
