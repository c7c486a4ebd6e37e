using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Faults;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>Acknowledged writes survive a <c>kill -9</c>; each mail is sent once.</summary>
public sealed partial class CrashTests
{
    private const int Writes = 200;

    [Test]
    public async Task Restart_HasEveryAcknowledgedWrite_AndSendsEveryMailOnce_WhenKilledDuringWrites()
    {
        using var folder = new TempFolder();
        var report = new FaultReport("kill -9 under writes");
        var names = new ConcurrentBag<string>();
        var addresses = new ConcurrentBag<string>();
        var email = TestApp.NewEmail("crash");
        string userId;
        string? cookie;
        using (var server = await ServerProcess.ServeAsync(folder.Name))
        {
            using var user = await server.SignInAsync(email);
            (userId, cookie) = (user.UserId, user.SessionCookie);
            await FloodAndKillAsync(server, user, report, names, addresses);
        }

        Assert.That(names.Count + addresses.Count, Is.InRange(Writes / 5, Writes - 1), "Killed too early or too late");
        Inspect(folder, userId, names, addresses);

        using var again = await ServerProcess.ServeAsync(folder.Name);
        using var back = again.NewBrowser();
        back.SessionCookie = cookie;
        (await back.GetAsync("/users/me")).ShouldSucceed();
        await WaitForOutboxAsync(again.DatabaseFile);
        CheckMails(again.Mail.All(), email, addresses);

        // Each name was checked above through its versions and entries.
        var mails = again.Mail.All().CountBy(m => m.To).ToDictionary();
        report.Conclude(what => names.Contains(what) ? 1 : mails.GetValueOrDefault(what));
    }

    // Half of the writes change the user, half queue a mail; the process is killed after 60 responses.
    private static async Task FloodAndKillAsync(
        ServerProcess server,
        Browser user,
        FaultReport report,
        ConcurrentBag<string> names,
        ConcurrentBag<string> addresses
    )
    {
        var acknowledged = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Writes)
                .Select(async i =>
                {
                    try
                    {
                        var text = i % 2 == 0 ? $"Name {i} {Guid.NewGuid():N}" : TestApp.NewEmail("flood");
                        var answer =
                            i % 2 == 0
                                ? await user.PatchAsync("/users/me", new { name = text })
                                : await user.PostAsync("/auth/magic-link", new { email = text });
                        report.Record(answer, text);
                        if (answer.Status is 200 or 202)
                        {
                            (i % 2 == 0 ? names : addresses).Add(text);
                            if (Interlocked.Increment(ref acknowledged) == 60)
                            {
                                report.Inject();
                                server.Kill();
                            }
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // Not acknowledged: it may or may not have been executed.
                        report.RecordUnanswered();
                    }
                })
        );
    }

    private static void Inspect(TempFolder folder, string userId, ConcurrentBag<string> names, ConcurrentBag<string> addresses)
    {
        using var connection = new SqliteConnection($"Data Source={folder.PathOf("App_Data/roundtable.db")};Pooling=false");
        connection.Open();
        Assert.That(Read(connection, "PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        Assert.That(Read(connection, "PRAGMA foreign_key_check"), Is.Empty);

        // Every change has its entry and its version; tokens are identified by the address that they were mailed to.
        var updates = Read(connection, $"SELECT Id FROM AuditEntries WHERE Action = 'user.updated' AND TargetId = '{userId}'");
        var version = int.Parse(
            Read(connection, $"SELECT Version FROM Users WHERE Id = '{userId}'").Single(),
            System.Globalization.CultureInfo.InvariantCulture
        );
        var name = Read(connection, $"SELECT Name FROM Users WHERE Id = '{userId}'").Single();
        var tokens = Read(connection, "SELECT Subject FROM OneTimeTokens WHERE Purpose = 'MagicLink'");
        var mails = Read(connection, "SELECT count(*) FROM OutboxMails").Single();
        Assert.Multiple(() =>
        {
            Assert.That(updates, Has.Count.GreaterThanOrEqualTo(names.Count));
            Assert.That(version - 2, Is.EqualTo(updates.Count), "creation and verification are the first two versions");
            Assert.That(name, Does.StartWith("Name "));
            Assert.That(addresses.Select(a => a.ToUpperInvariant()).Except(tokens), Is.Empty, "lost acknowledged links");
            Assert.That(
                int.Parse(mails, System.Globalization.CultureInfo.InvariantCulture),
                Is.EqualTo(tokens.Count),
                "one mail per token"
            );
        });

        // The killed process holds leases; expire them now instead of waiting half a minute.
        Read(connection, "UPDATE OutboxMails SET LeasedUntilUtc = '2000-01-01 00:00:00' WHERE Status = 'Sending'");
    }

    private static void CheckMails(IReadOnlyList<ReceivedMail> mails, string email, ConcurrentBag<string> addresses)
    {
        var counts = mails.CountBy(m => m.To, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        Assert.Multiple(() =>
        {
            Assert.That(addresses.Where(a => counts.GetValueOrDefault(a) != 1), Is.Empty, "acknowledged but not mailed exactly once");
            Assert.That(counts.Where(c => c.Value != 1), Is.Empty, "mailed more than once");
            Assert.That(counts, Does.ContainKey(email));
            Assert.That(mails.Select(m => MessageId().Match(m.Raw).Value), Is.Unique);
        });
    }

    private static async Task WaitForOutboxAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        await connection.OpenAsync();
        for (var i = 0; Read(connection, "SELECT Id FROM OutboxMails WHERE Status <> 'Sent'").Count > 0; i++)
        {
            Assert.That(i, Is.LessThan(200), "The outbox was not emptied");
            await Task.Delay(50);
        }
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    [GeneratedRegex("(?im)^message-id: .+$")]
    private static partial Regex MessageId();
}
