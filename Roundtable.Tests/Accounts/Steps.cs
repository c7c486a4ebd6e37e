using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Domain.Outbox;
using Roundtable.Domain.Users;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>Steps that the account tests share.</summary>
internal static class Steps
{
    private static readonly ConcurrentDictionary<string, ReceivedMail> Opened = new(StringComparer.Ordinal);

    /// <summary>Returns all mails to the address, oldest first, once the outbox is empty.</summary>
    public static async Task<IReadOnlyList<ReceivedMail>> MailsToAsync(this TestApp app, string address, string? subject = null)
    {
        await app.AllMailSentAsync();
        return !Directory.Exists(app.MailFolder)
            ? []
            :
            [
                .. Directory
                    .GetFiles(app.MailFolder, "*.eml")
                    .Order(StringComparer.Ordinal)
                    .Select(f => Opened.GetOrAdd(f, ReceivedMail.Read))
                    .Where(m => m.To.Equals(address, StringComparison.OrdinalIgnoreCase) && (subject is null || m.Subject == subject)),
            ];
    }

    /// <summary>Returns the newest mail to the address with this subject.</summary>
    public static async Task<ReceivedMail> NewestMailAsync(this TestApp app, string address, string subject)
    {
        var mails = await app.MailsToAsync(address);
        var found = mails.LastOrDefault(m => m.Subject == subject);
        Assert.That(found, Is.Not.Null, $"'{subject}' is not among: {string.Join(", ", mails.Select(m => m.Subject))}");
        return found!;
    }

    public static async Task AllMailSentAsync(this TestApp app)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (
            await app.ReadAsync(db => db.OutboxMails.AnyAsync(m => m.Status == OutboxStatus.Pending || m.Status == OutboxStatus.Sending))
        )
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), "unsent mail remains");
            await Task.Delay(5);
        }
    }

    /// <summary>Reads the database, or sets up a state that no endpoint creates.</summary>
    public static async Task<T> ReadAsync<T>(this TestApp app, Func<RoundtableDbContext, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<RoundtableDbContext>());
    }

    public static Task<User?> FindUserAsync(this TestApp app, string email)
    {
        var normalized = EmailAddress.Normalize(email);
        return app.ReadAsync(db =>
            db.Users.AsNoTracking().Include(u => u.Credentials).FirstOrDefaultAsync(u => u.NormalizedEmail == normalized)
        );
    }

    /// <summary>Requests a link and returns its token.</summary>
    public static async Task<string> AskForLinkAsync(this Browser browser, TestApp app, string email)
    {
        for (var before = (await app.MailsToAsync(email, Subjects.MagicLink)).Count; ; )
        {
            (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
            var mails = await app.MailsToAsync(email, Subjects.MagicLink);
            if (mails.Count > before)
            {
                return mails[^1].Token;
            }

            // The address reached its limit of five mails: wait for the next window.
            await app.EvaluateAsync(TimeSpan.FromMinutes(15));
        }
    }

    /// <summary>Advances the clock once all mail is sent; mail in flight would time out and wait for a retry.</summary>
    public static async Task EvaluateAsync(this TestApp app, TimeSpan time)
    {
        await app.AllMailSentAsync();
        app.Clock.Advance(time);
    }

    public static async Task<Answer> SignInWithMailAsync(this Browser browser, TestApp app, string email) =>
        (await browser.PostAsync("/auth/magic-link/verify", new { token = await browser.AskForLinkAsync(app, email) })).ShouldSucceed();

    public static bool IsSignedIn(this Answer session) => session.Status == 200 && session.Json["data"] is not null;

    public static async Task<bool> IsSignedInAsync(this Browser browser) => (await browser.GetAsync("/auth/session")).IsSignedIn();

    /// <summary>The response without values that differ per request: what a stranger can learn from it.</summary>
    public static string Comparable(this Answer answer)
    {
        var body = answer.Text.Length == 0 ? new JsonObject() : answer.Json.AsObject();
        body.Remove("requestId");
        (body["meta"] as JsonObject)?.Clear();
        var headers = answer.Headers.Keys.Select(h => h.ToUpperInvariant()).Order(StringComparer.Ordinal);
        return $"{answer.Status}\n{string.Join(' ', headers)}\n{body.ToJsonString()}";
    }

    /// <summary>The value that the response sets for the cookie; null if it sets none.</summary>
    public static string? SetsCookie(this Answer answer, string name) =>
        answer
            .Header("Set-Cookie")
            .Split('\n')
            .Where(c => c.StartsWith($"{name}=", StringComparison.Ordinal))
            .Select(c => c[(name.Length + 1)..c.IndexOf(';', StringComparison.Ordinal)])
            .FirstOrDefault(v => v.Length > 0);
}

/// <summary>The subjects of the mails.</summary>
internal static class Subjects
{
    public const string MagicLink = "Your sign-in link for Roundtable";
    public const string Verification = "Confirm your e-mail address";
    public const string AccountExists = "You already have a Roundtable account";
    public const string ConfirmChange = "Confirm your new e-mail address";
    public const string ChangeTaken = "Your address was entered for another account";
    public const string EmailChanged = "Your e-mail address was changed";
    public const string EmailBack = "Your e-mail address was restored";
    public const string PasswordReset = "Set a new password";
    public const string PasswordChanged = "Your password was changed";
    public const string NewDevice = "New sign-in to your account";
    public const string TwoFactorChanged = "Your two-factor settings were changed";
    public const string PasskeyChanged = "Your passkeys were changed";
    public const string Deleted = "Your account was deleted";
}
