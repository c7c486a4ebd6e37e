using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.ApiKeys;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Sessions;
using Roundtable.Application.Tokens;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.Audit;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Roles;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Sessions;
using Roundtable.Domain.Statistics;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>
/// Fills an empty database with believable users, sessions, bans, mails and audit entries of the last 90 days, to try the dashboard. No
/// secret of theirs exists: nobody can sign in as one of them except by a mailed link.
/// </summary>
public sealed class DemoData
{
    private const int Users = 300;
    private const int Days = 90;
    private const string SupportRole = "support";

    private readonly RoundtableDbContext db;
    private readonly TransactionRunner transactions;
    private readonly DateTime now;

    // The same data every time, so that pictures of it can be compared.
    private readonly Random random = new(42);
    private readonly List<User> users = [];
    private readonly List<OutboxMail> mails = [];
    private readonly HashSet<(int Day, string UserId)> active = [];

    internal DemoData(RoundtableDbContext db, TransactionRunner transactions, TimeProvider clock)
    {
        (this.db, this.transactions) = (db, transactions);
        now = clock.GetUtcNow().UtcDateTime;
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
                Ago(Days)
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
        db.OutboxMails.AddRange(mails);
        await db.SaveChangesAsync(ct);
        await SendMailsAsync(ct);
    }

    private void CreateUsers()
    {
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Users; i++)
        {
            var (first, last) = (Pick(DemoPeople.FirstNames), Pick(DemoPeople.LastNames));
            var number = 0;
            while (!addresses.Add(DemoPeople.AddressOf(first, last, number)))
            {
                number++;
            }

            _ = EmailAddress.TryParse(DemoPeople.AddressOf(first, last, number), out var email);
            // The first are the oldest, among them the staff. Sign-ups grow towards today.
            var age = i < 120 ? Days + 300 * random.NextDouble() : Days * Math.Pow(random.NextDouble(), 1.6);
            var created = Ago(i < 8 ? Days + 310 : age);
            var user = User.Create(email, $"{first} {last}", i % 9 == 0 ? UserOrigin.CreatedByAdmin : UserOrigin.SelfRegistered, created);
            user.ChangeProfile(
                null,
                Pick(["en", "de", "fr", "es", null]),
                Pick(["Europe/Berlin", "America/New_York", "Asia/Tokyo", null]),
                created
            );
            if (i < 8 || random.NextDouble() < 0.93)
            {
                user.VerifyEmail(created);
            }

            if (i < 8)
            {
                user.SetRoles([i < 3 ? Role.AdminName : SupportRole], created);
            }

            users.Add(user);
            db.Users.Add(user);
            Record(created, AuditActions.UserCreated, AuditTarget.User(user.Id), user, new { roles = user.Roles.Select(r => r.RoleName) });
            Count(created, Metric.SignUps);
            Mail(created, MailTemplates.EmailVerification, user);
        }
    }

    private void SignIn(User user)
    {
        if (!user.EmailVerified)
        {
            return;
        }

        var agent = Pick(DemoPeople.Agents);
        var times = random.Next(1, 7);
        for (var i = 0; i < times; i++)
        {
            var days = Math.Min(Days, (now - user.CreatedAtUtc).TotalDays);
            var at = Ago(days * Math.Pow(random.NextDouble(), 1.8));
            var method = random.NextDouble() switch
            {
                < 0.55 => SessionMethod.MagicLink,
                < 0.75 => SessionMethod.Password,
                < 0.9 => SessionMethod.Passkey,
                _ => SessionMethod.External,
            };
            var device = random.NextDouble() < 0.8 ? agent : Pick(DemoPeople.Agents);
            var provider = method == SessionMethod.External ? "google" : null;
            var start = new SessionStart(
                user.Id,
                SessionSecret.Hash(OneTimeTokens.NewSecret()),
                method,
                true,
                TimeSpan.FromDays(7),
                Address(),
                device,
                provider
            );
            db.Sessions.Add(Session.Start(start, at));
            Record(at, AuditActions.SessionCreated, AuditTarget.User(user.Id), user, new { method }, start.IpAddress, device);
            Count(
                at,
                method switch
                {
                    SessionMethod.MagicLink => Metric.SignInsByMagicLink,
                    SessionMethod.Password => Metric.SignInsByPassword,
                    SessionMethod.Passkey => Metric.SignInsByPasskey,
                    _ => Metric.SignInsByExternal,
                }
            );
            Count(at, Metric.ActiveSessions);
            if (active.Add((DayOf(at), user.Id)))
            {
                Count(at, Metric.ActiveUsers);
            }

            if (method == SessionMethod.MagicLink)
            {
                Mail(at, MailTemplates.MagicLink, user);
            }

            if (device != agent)
            {
                Mail(at, MailTemplates.NewDevice, user);
            }

            if (at > user.LastSeenOrEpochUtc)
            {
                user.Seen(at);
            }
        }

        if (random.NextDouble() < 0.15)
        {
            var at = Ago(random.NextDouble() * 30);
            Record(at, AuditActions.SignInFailed, AuditTarget.User(user.Id), null, new { method = "password" }, Address(), agent);
        }
    }

    private void Ban(List<User> admins)
    {
        foreach (var user in users.Skip(8).Where(u => u.EmailVerified).OrderBy(_ => random.Next()).Take(14))
        {
            var (admin, reason) = (Pick(admins), Pick(DemoPeople.BanReasons));
            var at = Ago(random.NextDouble() * Math.Min(60, (now - user.CreatedAtUtc).TotalDays));
            DateTime? until = random.NextDouble() < 0.5 ? now.Date.AddDays(random.Next(2, 30)) : null;
            Record(at, AuditActions.UserBanned, AuditTarget.User(user.Id), admin, new { reason, expiresAt = until });
            Count(at, Metric.Bans);
            Mail(at, MailTemplates.Banned, user);
            if (random.NextDouble() < 0.3)
            {
                Record(Later(at, 40), AuditActions.UserUnbanned, AuditTarget.User(user.Id), Pick(admins), new { });
            }
            else
            {
                user.Ban(reason, until, at);
            }
        }
    }

    private void AddServiceAccount(User creator, string name, string purpose, string[] scopes, int daysLeft)
    {
        var at = Ago(60);
        var account = ServiceAccount.Create(new ServiceAccountState(name, purpose, creator.Email, false, [Role.AdminName]), creator.Id, at);
        var secret = ApiKeySecrets.Create(forService: true);
        var key = ApiKey.CreateFor(
            account,
            new NewApiKey(
                "Production",
                scopes,
                [],
                now.AddDays(daysLeft),
                ApiKeySecrets.Hash(secret),
                ApiKeySecrets.Shown(secret),
                creator.Id
            ),
            at
        );
        db.ServiceAccounts.Add(account);
        db.ApiKeys.Add(key);
        Record(at, AuditActions.ServiceAccountCreated, AuditTarget.ServiceAccount(account.Id), creator, new { name });
        Record(
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

    // Created as pending, as every mail is; their content is erased as that of every sent mail.
    private async Task SendMailsAsync(CancellationToken ct)
    {
        var failed = mails.Where(_ => random.NextDouble() < 0.02).Select(m => m.Id).ToHashSet();
        await db.OutboxMails.ExecuteUpdateAsync(
            s =>
                s.SetProperty(m => m.Status, OutboxStatus.Sent)
                    .SetProperty(m => m.Attempts, 1)
                    .SetProperty(m => m.ProtectedContent, (string?)null)
                    .SetProperty(m => m.NextAttemptAtUtc, (DateTime?)null)
                    .SetProperty(m => m.SentAtUtc, m => m.CreatedAtUtc),
            ct
        );
        foreach (var id in failed)
        {
            var error = Pick(DemoPeople.MailErrors);
            await db
                .OutboxMails.Where(m => m.Id == id)
                .ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(m => m.Status, OutboxStatus.Failed)
                            .SetProperty(m => m.Attempts, 6)
                            .SetProperty(m => m.LastError, error)
                            .SetProperty(m => m.SentAtUtc, (DateTime?)null),
                    ct
                );
        }

        foreach (var mail in mails)
        {
            Count(mail.CreatedAtUtc, failed.Contains(mail.Id) ? Metric.EmailsFailed : Metric.EmailsSent);
        }
    }

    private void Record(
        DateTime at,
        string action,
        AuditTarget target,
        User? actor,
        object details,
        string? ipAddress = null,
        string? userAgent = null
    ) =>
        db.NewAuditEntries.Add(
            AuditEntry.Record(
                action,
                new AuditActor(actor?.Id, actor?.Email, ipAddress ?? Address(), userAgent ?? DemoPeople.Agents[0], null),
                target.Type,
                target.Id,
                target.SubjectId,
                JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
                at
            )
        );

    private void Mail(DateTime at, string template, User user)
    {
        if (at > Ago(Days))
        {
            mails.Add(OutboxMail.Create(EntityId.New(at), user.Id, EmailAddress.Mask(user.Email), template, "", at));
        }
    }

    private void Count(DateTime at, Metric metric)
    {
        var key = (DayOf(at), metric);
        db.NewCounts[key] = db.NewCounts.GetValueOrDefault(key) + 1;
    }

    private DateTime Ago(double days) => Whole(now.AddDays(-days));

    private DateTime Later(DateTime at, int hours) => at.AddHours(hours) < now ? at.AddHours(hours) : now;

    private string Address() => string.Create(CultureInfo.InvariantCulture, $"203.0.113.{random.Next(1, 255)}");

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private static int DayOf(DateTime at) => AuditChain.DayOf(at);

    private static DateTime Whole(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
