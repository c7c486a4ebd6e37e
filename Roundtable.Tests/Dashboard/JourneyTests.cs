using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OtpNet;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>User journeys through the dashboard in a real browser.</summary>
public sealed class JourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task FirstSignIn_ByMailedLink_CreatesTheAdmin()
    {
        var page = await Screen.OpenAsync();
        await page.GotoAsync("/account/devices");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail" }).FillAsync(Screen.FirstAdmin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the development mailbox" }).ClickAsync();
        // Only the newest mail is expanded, and other tests send mails too.
        var mail = page.GetByRole(AriaRole.Button, new() { Name = Screen.FirstAdmin });
        if (await mail.GetAttributeAsync("aria-expanded") != "true")
        {
            await mail.ClickAsync();
        }

        await page.GetByRole(AriaRole.Region, new() { Name = Screen.FirstAdmin })
            .GetByRole(AriaRole.Link, new() { Name = "Open the link" })
            .ClickAsync();
        // The page asks: opening it does not use the link.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Devices", Level = 1 })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await page.GetByLabel("Search users").FillAsync(Screen.FirstAdmin);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "first-admin", Exact = true })).ToBeVisibleAsync();
    }

    [Test]
    public async Task TwoFactor_CanBeSetUp_AndIsRequiredAtTheNextSignIn()
    {
        using var person = await App.SignInAsync(TestApp.NewEmail());
        var email = (string)(await person.GetAsync("/users/me")).Data["email"]!;
        var page = await Screen.OpenAsync(person);
        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        var secret = Regex.Replace(await page.GetByTestId("secret").InnerTextAsync(), "\\s", "");
        var totp = new Totp(Base32Encoding.ToBytes(secret));
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code for the authenticator app" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Code") }).FillAsync(totp.ComputeTotp(App.Now));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(page.GetByText("Keep these codes")).ToBeVisibleAsync();

        // A code works only once. The next one is valid already; moving the shared clock would time out other tests' mails in flight.
        var next = totp.ComputeTotp(App.Now.AddSeconds(30));
        var other = await Screen.OpenAsync();
        await other.GotoAsync($"/magic-link#token={await person.RequestLinkAsync(email)}");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in now" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Second step" })).ToBeVisibleAsync();
        await other.Locator("input[inputmode=numeric]").First.FocusAsync();
        await other.Keyboard.TypeAsync(next);
        await other.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Profile", Level = 1 })).ToBeVisibleAsync();
    }

    [Test]
    public async Task DeviceList_RevokesTheOtherBrowser()
    {
        var email = TestApp.NewEmail();
        using var here = await App.SignInAsync(email);
        using var there = await App.SignInAsync(
            email,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
        );
        var (first, second) = (await Screen.OpenAsync(here), await Screen.OpenAsync(there));
        await second.GotoAsync("/account/profile");
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Profile", Level = 1 })).ToBeVisibleAsync();
        await first.GotoAsync("/account/devices");
        await first.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Sign out .*Windows") }).ClickAsync();
        await Expect(first.GetByText(new Regex("is signed out"))).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await Expect(second).ToHaveURLAsync(new Regex("/sign-in\\?next=%2Faccount%2Factivity"));
    }

    [Test]
    public async Task Admin_BansUser_WhoIsUsingASecondBrowser()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var (first, second) = (await Screen.OpenAsync(admin), await Screen.OpenAsync(user));
        await second.GotoAsync("/account/devices");
        await Expect(second.GetByText("This device")).ToBeVisibleAsync();
        await first.GotoAsync($"/admin/users/{user.UserId}");
        await first.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        var dialog = first.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Spam");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Lift the ban" })).ToBeVisibleAsync();
        await Expect(first.GetByText("Signed in nowhere")).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await Expect(second).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Test]
    public async Task SearchAndFilter_AreInTheUrl_AndRevertedByBack()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("needle").Split('@')[0];
        using var user = await App.SignInAsync($"{name}@example.com");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users");
        var count = page.GetByText(new Regex("^\\d+ users?$"));
        await Expect(count).Not.ToHaveTextAsync("1 user");
        await page.GetByLabel("Search users").FillAsync(name);
        await Expect(count).ToHaveTextAsync("1 user");
        await Expect(page).ToHaveURLAsync(new Regex($"search={name}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Filters" }).ClickAsync();
        await page.GetByLabel("Banned", new() { Exact = true }).And(page.GetByRole(AriaRole.Combobox)).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Yes" }).ClickAsync();
        await Expect(page.GetByText("No users")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(count).ToHaveTextAsync("1 user");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Search users")).ToHaveValueAsync(name);
        await page.GoBackAsync();
        await Expect(page.GetByLabel("Search users")).ToHaveValueAsync("");
    }

    [Test]
    public async Task Bulk_ShowsTheResultOfEachUser()
    {
        using var admin = await App.SignInAsAdminAsync();
        var name = TestApp.NewEmail("crowd").Split('@')[0];
        using var one = await App.SignInAsync($"a{name}@example.com");
        using var two = await App.SignInAsync($"b{name}@example.com");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users?search={name}");
        foreach (var user in (string[])["a", "b"])
        {
            await page.GetByLabel($"Select {user}{name}").CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Spam");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without saving?" }).Button("Stay here").ClickAsync();
        await dialog.Button("7 days").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Done: 2, failed: 0")).ToBeVisibleAsync();
        var banned = (await admin.GetAsync($"/admin/users/{one.UserId}")).Data;
        Assert.That((DateTime)banned["banExpiresAt"]!, Is.EqualTo(App.Now.AddDays(7)).Within(TimeSpan.FromHours(1)));
        (await one.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    public async Task Import_ShowsTheInvalidRow_OnADryRun()
    {
        using var admin = await App.SignInAsAdminAsync();
        var email = TestApp.NewEmail("import");
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "users.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes($"email,name\n{email},Imported\nnot-an-address,Faulty\n"),
                }
            );
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(dialog.GetByText("Trial: of 2, 1 would be created, 0 skipped, 1 fail.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(dialog.GetByText("Of 2, 1 were created, 0 skipped, 1 failed.")).ToBeVisibleAsync();
        var found = await admin.GetAsync($"/admin/users?search={email}");
        Assert.That(found.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Impersonation_ShowsTheBanner_AndStops()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.SignInAsync(TestApp.NewEmail());
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Act as this user" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("Ticket 4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        var banner = page.GetByRole(AriaRole.Region, new() { Name = "You are acting as somebody else" });
        await Expect(banner).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await Expect(banner).ToBeVisibleAsync();
        await banner.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Actions" })).ToBeVisibleAsync();
        await Expect(banner).Not.ToBeVisibleAsync();
    }
}
