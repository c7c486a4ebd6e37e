using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>
/// The application that the account tests share. Its clock may be moved forwards: every test makes its own people, one test after the other.
/// </summary>
[SetUpFixture]
public sealed class AccountsApp
{
    public static TestApp App { get; private set; } = null!;

    /// <summary>An admin who is signed in, whatever became of the clock.</summary>
    public static Task<Browser> AdminAsync() => Admin.SignedInAsync();

    [OneTimeSetUp]
    public void Start() => App = TestApp.Start();

    [OneTimeTearDown]
    public async Task Stop()
    {
        Admin.Leave();
        await App.DisposeAsync();
    }

    private static class Admin
    {
        private static Browser? browser;

        public static async Task<Browser> SignedInAsync()
        {
            if (browser is null || !await browser.IsSignedInAsync())
            {
                browser?.Dispose();
                browser = App.NewBrowser();
                await browser.SignInWithMailAsync(App, TestApp.AdminEmail);
            }

            return browser;
        }

        public static void Leave() => browser?.Dispose();
    }
}
