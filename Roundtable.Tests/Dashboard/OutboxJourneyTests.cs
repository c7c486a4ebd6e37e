using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Roundtable.Domain.Common;
using Roundtable.Domain.Email;
using Roundtable.Domain.Outbox;
using Roundtable.Tests.Support;
using Roundtable.Tests.Webhooks;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Admins see why mails and messages were sent and why they failed, and send them again, one or many.</summary>
public sealed class OutboxJourneyTests
{
    private readonly List<string> stuck = [];

    private static TestApp App => Screen.App;

    [Test]
    public async Task FailedMails_AreExplained_Found_AndSentAgain()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail("stuck"));
        stuck.Add(user.UserId);
        await AddFailedAsync(
            user.UserId,
            (DeliveryErrorCode.Unauthorized, "SMTP 535: 5.7.8 bad credentials"),
            (DeliveryErrorCode.UnknownMailbox, "SMTP 550: 5.1.1 unknown"),
            (null, "A new kind of failure")
        );
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/emails?status=failed");
        await page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "Only this user" })
            .GetByRole(AriaRole.Link, new() { Name = "Only this user" })
            .First.ClickAsync();
        await page.ShowsAsync("Only mails of");
        await page.GotoAsync($"/admin/emails?status=failed&user={user.UserId}");
        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Mails" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "Failed" });
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.First).ToContainTextAsync("An admin banned the user.");
        await Expect(page.GetByText("A new kind of failure")).ToBeVisibleAsync();
        var refused = rows.Filter(new() { HasText = "The mail server refuses the user name, password or key of the settings." });
        await Expect(refused.GetByText("bad credentials")).Not.ToBeVisibleAsync();
        await refused.GetByText("What the server said").ClickAsync();
        await Expect(refused.GetByText("bad credentials")).ToBeVisibleAsync();

        await refused.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.Button("Send the chosen again").ClickAsync();
        await page.ShowsAsync("The mail is sent again.");
        await Expect(rows).ToHaveCountAsync(2);
        await page.Button("Send all failed again").ClickAsync();
        await page.OpenDialog().Button("Send all failed again").ClickAsync();
        await page.ShowsAsync("2 mails are sent again.");
        await page.ShowsAsync("No mails");
        Assert.That((await admin.GetAsync($"/admin/emails?userId={user.UserId}&status=failed")).ShouldSucceed().Items, Is.Empty);
    }

    // What this test's mails say cannot be read, so they would wait, and other tests for them.
    [TearDown]
    public Task RemoveMails() =>
        App.ArrangeAsync(async db => await db.OutboxMails.Where(m => stuck.Contains(m.UserId!)).ExecuteDeleteAsync());

    [Test]
    public async Task Webhook_ShowsItsSuccess_AndWhatWasSentAndAnswered()
    {
        using var sink = new Sink { Status = 500, Text = "The table is full." };
        using var admin = await App.SignInAsAdminAsync();
        var made = (await admin.PostAsync("/admin/webhooks", new { url = sink.Address, events = new[] { "apiKey.leaked" } })).ShouldSucceed(
            201
        );
        var id = made.IdOf("webhook");
        (await admin.PostAsync($"/admin/webhooks/{id}/test")).ShouldSucceed(202);
        await sink.NextAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/webhooks/{id}");
        var messages = page.Section("Messages");
        await Expect(messages.GetByText("The receiver failed to process the message.")).ToBeVisibleAsync();
        await messages.Button("Details").ClickAsync();
        await Expect(page.OpenDialog().GetByRole(AriaRole.Region, new() { Name = "What is sent" })).ToContainTextAsync("webhook.test");
        await Expect(page.OpenDialog().GetByRole(AriaRole.Region, new() { Name = "Answer of the receiver" }))
            .ToContainTextAsync("The endpoint answered 500.");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = "All web-hooks" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = sink.Address });
        await Expect(row).ToContainTextAsync(new Regex("0.?%.*0 of 1"));
        await Expect(row).ToContainTextAsync("by");
        (await admin.DeleteAsync($"/admin/webhooks/{id}")).ShouldSucceed(204);
    }

    private static Task AddFailedAsync(string userId, params (DeliveryErrorCode? Code, string Text)[] errors) =>
        App.ArrangeAsync(db =>
        {
            foreach (var (code, error) in errors)
            {
                var mail = OutboxMail.Create(EntityId.New(App.Now), userId, "s***@example.com", "banned", "not readable", App.Now);
                typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.Status))!.SetValue(mail, OutboxStatus.Failed);
                typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.LastError))!.SetValue(mail, error);
                typeof(OutboxMessage).GetProperty(nameof(OutboxMessage.LastErrorCode))!.SetValue(mail, code);
                db.OutboxMails.Add(mail);
            }

            return Task.CompletedTask;
        });
}
