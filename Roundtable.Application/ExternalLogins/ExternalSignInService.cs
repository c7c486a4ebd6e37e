using Roundtable.Application.Common;
using Roundtable.Application.MagicLinks;
using Roundtable.Application.SignIn;
using Roundtable.Domain.Common;
using Roundtable.Domain.Sessions;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Signs in users whom an external provider has authenticated.</summary>
[ScopedService]
public sealed class ExternalSignInService(
    ExternalAccounts accounts,
    PendingLogins pending,
    CallbackPolicy callbacks,
    SignInCompletion signIn,
    IUnitOfWork unitOfWork
)
{
    /// <summary>
    /// Opens a session or requires the second factor, as every other sign-in. Errors: those of <see cref="ExternalAccounts"/>; with
    /// <c>link_required</c>, <see cref="ExternalOutcome.PendingSecret"/> lets the owner connect the login after another sign-in in this
    /// browser.
    /// </summary>
    public async Task<ExternalOutcome> SignInAsync(ExternalIdentity identity, ExternalSignInRequest request, CancellationToken ct)
    {
        var outcome = await unitOfWork.ExecuteAsync<Result<SignInOutcome>>(
            async ct =>
            {
                if (!callbacks.Allows(request.CallbackUrl))
                {
                    return LoginErrors.Failed;
                }

                var since = EntityId.New(unitOfWork.UtcNow);
                var account = await accounts.GetOrCreateAsync(identity, ct);
                return account.Failed
                    ? account.Error!
                    : await signIn.CompleteAsync(
                        account.Value.User,
                        new SignInRequest(SessionMethod.External, request.RememberMe, request.TrustSecret)
                        {
                            IsNewUser = account.Value.IsNew,
                            CallbackUrl = request.CallbackUrl,
                            Provider = identity.Provider,
                            Since = since,
                        },
                        ct
                    );
            },
            ct
        );
        var secret = outcome.Error == LoginErrors.LinkRequired ? await pending.AddAsync(identity, ct) : null;
        return new ExternalOutcome(outcome, secret);
    }
}

/// <summary>The parameters of an external sign-in.</summary>
/// <param name="CallbackUrl">The URL to continue to.</param>
/// <param name="RememberMe">Whether the session persists when the browser closes.</param>
/// <param name="TrustSecret">A trusted browser's secret, which skips the second factor.</param>
public sealed record ExternalSignInRequest(string? CallbackUrl, bool RememberMe, string? TrustSecret)
{
    /// <summary>Hides the secret.</summary>
    public override string ToString() => nameof(ExternalSignInRequest);
}

/// <summary>The result of an external sign-in.</summary>
/// <param name="PendingSecret">The secret of a login that waits to be connected, for its cookie; null for none.</param>
public sealed record ExternalOutcome(Result<SignInOutcome> SignIn, string? PendingSecret);
