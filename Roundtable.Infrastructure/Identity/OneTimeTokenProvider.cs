using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.Passwords;
using Roundtable.Application.Tokens;
using Roundtable.Domain.Tokens;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Identity;

/// <summary>
/// Issues Identity's tokens as the product's one-time tokens: a random secret that is stored as a hash, belongs to an account and a
/// purpose, works once, and is replaced by a newer one. Tokens for Identity's own purposes and for <c>MagicLink</c> are those in the
/// product's links; validating one redeems it.
/// </summary>
internal sealed class OneTimeTokenProvider(
    UnitOfWork unitOfWork,
    IServiceScopeFactory scopes,
    OneTimeTokens here,
    IOptions<AuthOptions> auth
) : IUserTwoFactorTokenProvider<User>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    // The token is mailed; it is no second factor.
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<User> manager, User user) => Task.FromResult(false);

    public async Task<string> GenerateAsync(string purpose, UserManager<User> manager, User user)
    {
        var kind = KindOf(purpose, user);
        return await RunAsync((tokens, ct) => tokens.IssueAsync(kind.Purpose, user.Id, kind.Subject, kind.Payload, kind.Lifetime, ct));
    }

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user)
    {
        var kind = KindOf(purpose, user);

        // Looked up first: a token of another user or for another purpose is not redeemed.
        return RunAsync(
            async (tokens, ct) =>
                await tokens.FindAsync(kind.Purpose, token, ct) is { } found
                && found.UserId == user.Id
                && found.Subject == kind.Subject
                && await tokens.RedeemAsync(kind.Purpose, token, ct) is not null
        );
    }

    private Kind KindOf(string purpose, User user) =>
        purpose switch
        {
            UserManager<User>.ConfirmEmailTokenPurpose => new(TokenPurpose.EmailVerification, user.NormalizedEmail, null, Lifetime),
            UserManager<User>.ResetPasswordTokenPurpose => new(
                TokenPurpose.PasswordReset,
                user.NormalizedEmail,
                null,
                PasswordRecoveryService.LinkLifetime
            ),
            nameof(TokenPurpose.MagicLink) => new(
                TokenPurpose.MagicLink,
                user.NormalizedEmail,
                new MagicLinkPayload(user.Email, null, null),
                auth.Value.MagicLink.Lifetime
            ),
            _ => new(TokenPurpose.UserToken, Subject(purpose), null, Lifetime),
        };

    // Hashed, so that a purpose of any length fits the column.
    private static string Subject(string purpose) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(purpose)));

    // Runs in its own scope: what the caller has loaded and changed stays as it is.
    private async Task<T> RunAsync<T>(Func<OneTimeTokens, CancellationToken, Task<T>> work)
    {
        if (unitOfWork.IsInside)
        {
            return await work(here, CancellationToken.None);
        }

        await using var scope = scopes.CreateAsyncScope();
        var tokens = scope.ServiceProvider.GetRequiredService<OneTimeTokens>();
        var done = await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .ExecuteAsync<Result<T>>(async ct => await work(tokens, ct), CancellationToken.None);
        return done.Failed ? throw new InvalidOperationException(done.Error!.Message) : done.Value;
    }

    private sealed record Kind(TokenPurpose Purpose, string Subject, object? Payload, TimeSpan Lifetime);
}
