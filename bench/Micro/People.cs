using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.SignIn;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;

namespace Roundtable.Bench.Micro;

/// <summary>Signs users in by link, without sending the mail.</summary>
internal static class People
{
    public static EmailAddress Address(int number) =>
        EmailAddress.TryParse($"person{number}@example.com", out var address) ? address : throw new InvalidOperationException();

    /// <summary>Returns the secret of a new link.</summary>
    public static async Task<string> IssueLinkAsync(this Installation installation, EmailAddress email)
    {
        await using var scope = installation.NewScope();
        var tokens = scope.ServiceProvider.GetRequiredService<OneTimeTokens>();
        var payload = new MagicLinkPayload(email.Value, null, null);
        var issued = await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result<string>>(
                async ct => await tokens.IssueAsync(TokenPurpose.MagicLink, null, email.Normalized, payload, TimeSpan.FromMinutes(5), ct),
                CancellationToken.None
            );
        return issued.Value;
    }

    /// <summary>Opens a session, and creates the account of an address that has none.</summary>
    public static async Task<SignedIn> RedeemLinkAsync(this Installation installation, string secret)
    {
        await using var scope = installation.NewScope();
        var outcome = await scope
            .ServiceProvider.GetRequiredService<MagicLinkRedemptionService>()
            .RedeemAsync(secret, new MagicLinkBrowser(null, null), CancellationToken.None);
        return outcome.Value.SignedIn!;
    }
}
