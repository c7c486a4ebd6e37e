using Roundtable.Application.Common;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Common;
using Roundtable.Domain.Tokens;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Makes each trip to a provider and back usable once, for ten minutes, whatever the browser keeps.</summary>
[ScopedService]
public sealed class ExternalStates(OneTimeTokens tokens, IUnitOfWork unitOfWork)
{
    /// <summary>How long a user may take at the provider.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Creates the secret that travels in the encrypted state.</summary>
    public async Task<Result<string>> IssueAsync(CancellationToken ct) =>
        await unitOfWork.ExecuteAsync<Result<string>>(
            async ct => await tokens.IssueAsync(TokenPurpose.ExternalState, null, EntityId.New(unitOfWork.UtcNow), null, Lifetime, ct),
            ct
        );

    /// <summary>Consumes it; returns false if it is unknown, used or expired.</summary>
    public async Task<bool> TryUseAsync(string? secret, CancellationToken ct)
    {
        var used = await unitOfWork.ExecuteAsync<Result<bool>>(
            async ct => await tokens.RedeemAsync(TokenPurpose.ExternalState, secret, ct) is not null,
            ct
        );
        return used is { Failed: false, Value: true };
    }
}
