using Roundtable.Application.Accounts;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Identity;

/// <content>The authenticator's key is stored encrypted, recovery codes as hashes.</content>
internal sealed partial class UserStore
{
    /// <summary>Null too for a key that another session has prepared: whoever adds that to their app shares it.</summary>
    public override Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken)
    {
        var isOthers =
            !user.TwoFactorEnabled && user.Credentials.TwoFactorSetupSessionId is { } preparedBy && preparedBy != context.Session?.Id;
        return Task.FromResult(!isOthers && user.Credentials.ProtectedTwoFactorSecret is { } secret ? codes.Unprotect(secret) : null);
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
