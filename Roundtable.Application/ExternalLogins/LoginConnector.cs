using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Events;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ExternalLogins;

/// <summary>Connects logins to accounts and removes them; each is recorded and the user is notified.</summary>
[ScopedService]
public sealed class LoginConnector(ILoginRepository logins, UserMailer mailer, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    /// <summary>
    /// Connects the login in the current transaction. Errors: <c>conflict</c> if it belongs to another account, or the account has one of
    /// this provider.
    /// </summary>
    /// <param name="notify">Whether the user gets a notice: not for an account that the login creates.</param>
    /// <param name="actor">The user who signs in with the login; null if a session identifies them.</param>
    public async Task<Error?> ConnectAsync(User user, ExternalIdentity identity, bool notify, User? actor, CancellationToken ct)
    {
        if (
            await logins.LoadAsync(identity.Provider, identity.Subject, ct) is not null
            || (await logins.ListAsync(user.Id, ct)).Any(l => l.LoginProvider == identity.Provider)
        )
        {
            return LoginErrors.Conflict;
        }

        var now = unitOfWork.UtcNow;
        var login = UserLogin.Connect(user.Id, identity.Provider, identity.Subject, identity.DisplayName, EntityId.New(now), now);
        login.Describe(identity.Issuer, identity.Email, identity.DisplayName);
        if (actor is not null)
        {
            login.Use(now);
        }

        logins.Add(login);
        Record(AuditActions.LoginConnected, user, login, actor, new LoginConnected(EventUser.Of(user), login.LoginProvider));
        if (notify)
        {
            mailer.Send(MailTemplates.LoginChanged, user, ("change", MailPhrases.Connected), ("provider", identity.DisplayName));
        }

        return null;
    }

    /// <summary>Removes the user's login of a provider in the current transaction. Errors: <c>not_found</c>.</summary>
    public async Task<Error?> RemoveAsync(User user, string provider, bool byAdmin, CancellationToken ct)
    {
        if ((await logins.ListAsync(user.Id, ct)).FirstOrDefault(l => l.LoginProvider == provider) is not { } login)
        {
            return LoginErrors.NoLogin(provider);
        }

        logins.Remove(login);
        Record(AuditActions.LoginRemoved, user, login, null, new LoginRemoved(EventUser.Of(user), login.LoginProvider));
        var name = login.ProviderDisplayName ?? provider;
        if (byAdmin)
        {
            mailer.SendFromAdmin(MailTemplates.LoginChanged, user, ("change", MailPhrases.RemovedByAdmin), ("provider", name));
        }
        else
        {
            mailer.Send(MailTemplates.LoginChanged, user, ("change", MailPhrases.Disconnected), ("provider", name));
        }

        return null;
    }

    private void Record(string action, User user, UserLogin login, User? actor, IDomainEvent raises) =>
        audit.Record(action, AuditTarget.User(user.Id), new { provider = login.LoginProvider }, actor, raises);
}
