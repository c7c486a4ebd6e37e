using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>What is typed in a form is not lost without a question.</summary>
public sealed class UnsavedWorkJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task Form_AsksBeforeALinkAndBack_UntilItIsSaved()
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/devices");
        await MenuLink(page, "Profile").ClickAsync();
        await page.Field("Biography").FillAsync("Countess");

        await MenuLink(page, "Activity").ClickAsync();
        await Question(page).Button("Stay here").ClickAsync();
        await Expect(Question(page)).Not.ToBeVisibleAsync();
        await page.GoBackAsync();
        await Question(page).Button("Stay here").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/account/profile$"));
        await Expect(page.Field("Biography")).ToHaveValueAsync("Countess");

        await page.Button("Save").ClickAsync();
        await page.ShowsAsync("Your profile is saved.");
        await MenuLink(page, "Activity").ClickAsync();
        await page.ShowsHeadingAsync("Activity");
    }

    [Test]
    public async Task Form_IsLeft_WhenTheAnswerIsToLeave()
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/profile");
        await page.Field("Biography").FillAsync("Countess");
        await page.Button("Your account").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Question(page).Button("Stay here").ClickAsync();
        await Expect(page.Field("Biography")).ToHaveValueAsync("Countess");

        await MenuLink(page, "Activity").ClickAsync();
        await Question(page).Button("Leave without saving").ClickAsync();
        await page.ShowsHeadingAsync("Activity");
        await MenuLink(page, "Profile").ClickAsync();
        await Expect(page.Field("Biography")).ToHaveValueAsync("");
    }

    [TestCase("/account/api-keys", "New API key", "Name")]
    [TestCase("/admin/roles", "New role", "Name")]
    [TestCase("/admin/service-accounts", "New service account", "Name")]
    [TestCase("/admin/users", "New user", "Name")]
    [TestCase("/admin/webhooks", "New web-hook", "Description (optional)")]
    public async Task Dialog_AsksBeforeItCloses_IfSomethingIsTyped(string path, string open, string field)
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync(path);
        await page.Button(open).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = open, Exact = true });
        await dialog.Button("Close").ClickAsync();
        await Expect(dialog).Not.ToBeVisibleAsync();

        await page.Button(open).ClickAsync();
        await dialog.Field(field).FillAsync("Ada");
        await dialog.Button("Close").ClickAsync();
        await Question(page).Button("Stay here").ClickAsync();
        await Expect(dialog.Field(field)).ToHaveValueAsync("Ada");
        await dialog.Button("Cancel").ClickAsync();
        await Question(page).Button("Leave without saving").ClickAsync();
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);
    }

    [Test]
    public async Task AdminsActions_AskBeforeTheirTextIsLost()
    {
        using var admin = await App.SignInAsAdminAsync();
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync($"/admin/users/{user.UserId}");
        await MenuLink(page, "Users").ClickAsync();
        await page.ShowsHeadingAsync("Users");
        await page.GoBackAsync();
        await page.Button("Ban").ClickAsync();
        await page.OpenDialog().Field("Reason").FillAsync("Spam");
        await page.GoForwardAsync();
        await Question(page).Button("Stay here").ClickAsync();
        await Expect(page.OpenDialog().Field("Reason")).ToHaveValueAsync("Spam");
        await page.OpenDialog().Button("Cancel").ClickAsync();
        await Question(page).Button("Leave without saving").ClickAsync();
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);

        await page.Button("Actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Set a password" }).ClickAsync();
        await page.OpenDialog().Locator("input").FillAsync(Person.Password);
        await page.Keyboard.PressAsync("Escape");
        await Question(page).Button("Stay here").ClickAsync();
        await Expect(page.OpenDialog().Locator("input")).ToHaveValueAsync(Person.Password);
    }

    [Test]
    public async Task NewAddress_IsAskedFor_AndANameTypedBackIsNot()
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/security");
        await page.Field("New address").FillAsync(TestApp.NewEmail());
        await MenuLink(page, "Profile").ClickAsync();
        await Question(page).Button("Stay here").ClickAsync();
        await MenuLink(page, "Profile").ClickAsync();
        await Question(page).Button("Leave without saving").ClickAsync();

        var name = await page.Field("Name").InputValueAsync();
        await page.Field("Name").FillAsync("Ada");
        await Expect(page.Button("Save")).ToBeEnabledAsync();
        await page.Field("Name").FillAsync(name);
        await Expect(page.Button("Save")).ToBeDisabledAsync();
        await MenuLink(page, "Activity").ClickAsync();
        await page.ShowsHeadingAsync("Activity");
    }

    [Test]
    public async Task Secrets_AskBeforeTheyAreLost()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/account/security");
        await MenuLink(page, "API keys").ClickAsync();
        await page.Button("New API key").ClickAsync();
        await page.OpenDialog().Field("Name").FillAsync("Laptop");
        await page.OpenDialog().GetByRole(AriaRole.Checkbox, new() { Name = "me:read" }).CheckAsync();
        await page.OpenDialog().Field("Name").PressAsync("Enter");
        await Expect(page.GetByTestId("secret")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GoBackAsync();
        await LastChance(page).Button("Stay here").ClickAsync();
        await Expect(page.GetByTestId("secret")).ToBeVisibleAsync();
        await page.Button("I have kept it").ClickAsync();
        await Expect(page.OpenDialog()).ToHaveCountAsync(0);

        await MenuLink(page, "Security").ClickAsync();
        await page.Button("New recovery codes").First.ClickAsync();
        await page.OpenDialog().GetByRole(AriaRole.Textbox).FillAsync(person.RecoveryCodes[0]);
        await page.OpenDialog().Button("New recovery codes").ClickAsync();
        await page.ShowsAsync("Keep these codes");
        await MenuLink(page, "Devices").ClickAsync();
        await LastChance(page).Button("Stay here").ClickAsync();
        await page.Button("I have kept them").ClickAsync();
        await MenuLink(page, "Devices").ClickAsync();
        await page.ShowsHeadingAsync("Devices");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Tab_AsksBeforeItCloses_OnlyIfSomethingIsTyped(bool typed)
    {
        using var user = await App.NewUserAsync();
        var page = await Screen.OpenAsync(user);
        await page.GotoAsync("/account/profile");
        await page.Field("Biography").FillAsync("Countess");
        if (!typed)
        {
            await page.Button("Save").ClickAsync();
            await page.ShowsAsync("Your profile is saved.");
        }

        var end = new TaskCompletionSource<string>();
        page.Dialog += (_, d) =>
        {
            end.TrySetResult(d.Type);
            _ = d.AcceptAsync();
        };
        page.Close += (_, _) => end.TrySetResult("closed");
        await page.CloseAsync(new() { RunBeforeUnload = true });
        Assert.That(await end.Task.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo(typed ? "beforeunload" : "closed"));
    }

    [Test]
    public async Task SessionEndedElsewhere_TheTextIsThereAgain_AfterTheNextSignIn()
    {
        using var person = await Person.WithPasswordAsync(App);
        var page = await Screen.OpenAsync(person.Browser);
        await page.GotoAsync("/account/profile");
        await page.Field("Biography").FillAsync("Countess");
        await page.Context.ClearCookiesAsync();
        await page.Button("Save").ClickAsync();
        await page.ShowsAsync("What you typed is kept in this window until you sign in again");

        // Not by another address, which loads the dashboard anew.
        await page.GetByRole(AriaRole.Tab, new() { Name = "Password" }).ClickAsync();
        await page.Field("E-mail").FillAsync(person.Email);
        await page.Locator("input[type=password]").FillAsync(Person.Password);
        await page.Button("Sign in").ClickAsync();
        await page.ShowsAsync("What you typed before is here again.");
        await Expect(page.Field("Biography")).ToHaveValueAsync("Countess");
        await page.Button("Save").ClickAsync();
        await page.ShowsAsync("Your profile is saved.");
    }

    private static ILocator LastChance(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without keeping it?" });

    private static ILocator Question(IPage page) => page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without saving?" });

    private static ILocator MenuLink(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
