using Microsoft.EntityFrameworkCore;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Roles;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>
/// Fills an empty database with believable users, sessions, bans, mails and audit entries of the last 90 days, to try the dashboard. No
/// secret of theirs exists: only a mailed link signs in as one of them.
/// </summary>
public sealed class DemoData
{
    private const int Users = 300;
    private const int Days = DemoHistory.Days;
    private const string SupportRole = "support";

    private readonly RoundtableDbContext db;
    private readonly TransactionRunner transactions;
    private readonly DemoHistory history;
    private readonly List<User> users = [];
    private readonly HashSet<(int Day, string UserId)> active = [];

    internal DemoData(RoundtableDbContext db, TransactionRunner transactions, TimeProvider clock)
    {
        (this.db, this.transactions) = (db, transactions);
        history = new DemoHistory(db, clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>Returns the number of users that were created; null if the database has users, and is left unchanged.</summary>
    public async Task<int?> RunAsync(CancellationToken ct)
    {
        if (await db.Users.AnyAsync(ct))
        {
            return null;
        }

        await transactions.RunAsync<Result>(
            async ct =>
            {
                await WriteAsync(ct);
                return Result.Success;
            },
            urgent: false,
            ct
        );
        return users.Count;
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        db.Roles.Add(
            Role.Create(
                SupportRole,
                [Permissions.UsersList, Permissions.UsersRead, Permissions.UsersBan, Permissions.SessionsList],
                history.Ago(Days)
            )
        );
        CreateUsers();
        var admins = users.Where(u => u.IsInRole(Role.AdminName)).ToList();
        foreach (var user in users)
        {
            SignIn(user);
        }

        Ban(admins);
        AddServiceAccount(
            admins[0],
            "HR sync",
            "Creates accounts for new employees every night",
            [Permissions.UsersList, Permissions.UsersImport],
            20
        );
        AddServiceAccount(admins[1], "Status page", "Reads the statistics", [Permissions.UsersList], 3);
        await history.SaveAsync(ct);
    }

    private void CreateUsers()
    {
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Users; i++)
        {
            var (first, last) = (history.Pick(DemoPeople.FirstNames), history.Pick(DemoPeople.LastNames));
            var number = 0;
            while (!addresses.Add(DemoPeople.AddressOf(first, last, number)))
            {
                number++;
            }

            _ = EmailAddress.TryParse(DemoPeople.AddressOf(first, last, number), out var email);
            // The first are the oldest, among them the staff. Sign-ups grow towards today.
            var age = i < 120 ? Days + 300 * history.Random.NextDouble() : Days * Math.Pow(history.Random.NextDouble(), 1.6);
            var created = history.Ago(i < 8 ? Days + 310 : age);
            var user = User.Create(email, $"{first} {last}", i % 9 == 0 ? UserOrigin.CreatedByAdmin : UserOrigin.SelfRegistered, created);
            user.ChangeProfile(
                null,
                history.Pick(["en", "de", "fr", "es", null]),
                history.Pick(["Europe/Berlin", "America/New_York", "Asia/Tokyo", null]),
                created
            );
            if (i < 8 || history.Random.NextDouble() < 0.93)
            {
                user.VerifyEmail(created);
            }

            if (i < 8)
            {
                user.SetRoles([i < 3 ? Role.AdminName : SupportRole], created);
            }

            users.Add(user);
            db.Users.Add(user);
            history.Record(created, AuditActions.UserCreated, AuditTarget.User(user.Id), user, new { origin = user.Origin });
            history.Count(created, Metric.SignUps);
            history.Mail(created, MailTemplates.EmailVerification, user);
        }
    }

    private void SignIn(User user)
    {
        if (!user.EmailVerified)
        {
            return;
        }

        var agent = history.Pick(DemoPeople.Agents);
        var times = history.Random.Next(1, 7);
        for (var i = 0; i < times; i++)
        {
            var days = Math.Min(Days, (history.Now - user.CreatedAtUtc).TotalDays);
            var at = history.Ago(days * Math.Pow(history.Random.NextDouble(), 1.8));
            var method = history.Random.NextDouble() switch
            {
                < 0.55 => SessionMethod.MagicLink,
                < 0.75 => SessionMethod.Password,
                < 0.9 => SessionMethod.Passkey,
                _ => SessionMethod.External,
            };
            var device = history.Random.NextDouble() < 0.8 ? agent : history.Pick(DemoPeople.Agents);
            var provider = method == SessionMethod.External ? "google" : null;
            var start = new SessionStart(
                user.Id,
                SessionSecret.Hash(OneTimeTokens.NewSecret()),
                method,
                true,
                TimeSpan.FromDays(7),
                history.Address(),
                device,
                provider
            );
            db.Sessions.Add(Session.Start(start, at));
            history.Record(at, AuditActions.SessionCreated, AuditTarget.User(user.Id), user, new { method }, start.IpAddress, device);
            history.CountSignIn(at, method);
            history.Count(at, Metric.ActiveSessions);
            if (active.Add((AuditChain.DayOf(at), user.Id)))
            {
                history.Count(at, Metric.ActiveUsers);
            }

            if (method == SessionMethod.MagicLink)
            {
                history.Mail(at, MailTemplates.MagicLink, user);
            }

            if (device != agent)
            {
                history.Mail(at, MailTemplates.NewDevice, user);
            }

            if (at > user.LastSeenOrEpochUtc)
            {
                user.Seen(at);
            }
        }

        if (history.Random.NextDouble() < 0.15)
        {
            var at = history.Ago(history.Random.NextDouble() * 30);
            history.Record(at, AuditActions.SignInFailed, AuditTarget.User(user.Id), null, new { method = "password" }, null, agent);
        }
    }

    private void Ban(List<User> admins)
    {
        foreach (var user in users.Skip(8).Where(u => u.EmailVerified).OrderBy(_ => history.Random.Next()).Take(14))
        {
            var (admin, reason) = (history.Pick(admins), history.Pick(DemoPeople.BanReasons));
            var at = history.Ago(history.Random.NextDouble() * Math.Min(60, (history.Now - user.CreatedAtUtc).TotalDays));
            DateTime? until = history.Random.NextDouble() < 0.5 ? history.Now.Date.AddDays(history.Random.Next(2, 30)) : null;
            history.Record(at, AuditActions.UserBanned, AuditTarget.User(user.Id), admin, new { reason, expiresAt = until });
            history.Count(at, Metric.Bans);
            history.Mail(at, MailTemplates.Banned, user);
            if (history.Random.NextDouble() < 0.3)
            {
                history.Record(history.Later(at, 40), AuditActions.UserUnbanned, AuditTarget.User(user.Id), history.Pick(admins), new { });
            }
            else
            {
                user.Ban(reason, until, at);
            }
        }
    }

    private void AddServiceAccount(User creator, string name, string purpose, string[] scopes, int daysLeft)
    {
        var at = history.Ago(60);
        var account = ServiceAccount.Create(new ServiceAccountState(name, purpose, creator.Email, false, [Role.AdminName]), creator.Id, at);
        var secret = ApiKeySecrets.Create(forService: true);
        var key = ApiKey.CreateFor(
            account,
            new NewApiKey(
                "Production",
                scopes,
                [],
                history.Now.AddDays(daysLeft),
                ApiKeySecrets.Hash(secret),
                ApiKeySecrets.Shown(secret),
                creator.Id
            ),
            at
        );
        db.ServiceAccounts.Add(account);
        db.ApiKeys.Add(key);
        history.Record(at, AuditActions.ServiceAccountCreated, AuditTarget.ServiceAccount(account.Id), creator, new { name });
        history.Record(
            at,
            AuditActions.ApiKeyCreated,
            AuditTarget.ApiKey(key.Id, null),
            creator,
            new
            {
                name = key.Name,
                prefix = key.Prefix,
                scopes,
            }
        );
    }
}
