using OtpNet;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

/// <summary>A user with an account and their first browser.</summary>
internal sealed class Person(TestApp app, string email) : IDisposable
{
    public const string Password = "violet stapler fountain";
    public const string NewPassword = "amber lantern orchard";
    public const string OtherAgent =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
        + "Mobile/15E148 Safari/604.1";

    private readonly List<Browser> others = [];

    public TestApp App => app;

    public string Email => email;

    public string Id { get; private set; } = "";

    public Browser Browser { get; } = app.NewBrowser();

    /// <summary>The secret in their authenticator app; set once two-factor is on.</summary>
    public string Secret { get; private set; } = "";

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>Verified and signed in by link, without password.</summary>
    public static async Task<Person> ByLinkAsync(TestApp app, string? email = null)
    {
        var person = new Person(app, email ?? TestApp.NewEmail());
        person.Id = (string)(await person.Browser.SignInWithMailAsync(app, person.Email)).Data["user"]!["id"]!;
        return person;
    }

    /// <summary>Creates a verified, signed-in user with <see cref="Password"/>.</summary>
    public static async Task<Person> WithPasswordAsync(TestApp app, string? email = null)
    {
        var person = await ByLinkAsync(app, email);
        (await person.Browser.PostAsync("/auth/password/change", new { newPassword = Password })).ShouldSucceed(204);
        return person;
    }

    /// <summary>Signs up with <see cref="Password"/> without verifying; no session.</summary>
    public static async Task<Person> UnverifiedAsync(TestApp app, string? email = null)
    {
        var person = new Person(app, email ?? TestApp.NewEmail());
        (
            await person.Browser.PostAsync(
                "/auth/sign-up",
                new
                {
                    email = person.Email,
                    password = Password,
                    name = "Grace Hopper",
                }
            )
        ).ShouldSucceed(202);
        person.Id = (await app.FindUserAsync(person.Email))!.Id;
        return person;
    }

    /// <summary>Creates a signed-in user with two-factor on and, optionally, <see cref="Password"/>.</summary>
    public static async Task<Person> WithTwoFactorAsync(TestApp app, bool password = false)
    {
        var person = password ? await WithPasswordAsync(app) : await ByLinkAsync(app);
        await person.TurnOnTwoFactorAsync();
        return person;
    }

    public async Task TurnOnTwoFactorAsync()
    {
        Secret = (string)(await Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var confirmed = (await Browser.PostAsync("/auth/two-factor/confirm", new { code = Code() })).ShouldSucceed();
        RecoveryCodes = [.. confirmed.Data["codes"]!.AsArray().Select(c => (string)c!)];
    }

    /// <summary>The authenticator app's current code.</summary>
    public string Code() => new Totp(Base32Encoding.ToBytes(Secret)).ComputeTotp(app.Now);

    /// <summary>The next code, after the last used one has expired.</summary>
    public async Task<string> NextCodeAsync()
    {
        await app.EvaluateAsync(TimeSpan.FromSeconds(30));
        return Code();
    }

    /// <summary>Six digits that are not valid at the current time.</summary>
    public string WrongCode()
    {
        var totp = new Totp(Base32Encoding.ToBytes(Secret));
        var right = Enumerable.Range(-2, 5).Select(step => totp.ComputeTotp(app.Now.AddSeconds(30 * step))).ToHashSet();
        return Enumerable.Range(0, 10).Select(i => $"00000{i}").First(code => !right.Contains(code));
    }

    /// <summary>Turns two-factor off with a code.</summary>
    public async Task TurnOffTwoFactorAsync() =>
        (await Browser.SendAsync(HttpMethod.Delete, "/auth/two-factor", new { code = await NextCodeAsync() })).ShouldSucceed(204);

    public Browser NewBrowser(string? userAgent = null)
    {
        others.Add(app.NewBrowser(userAgent));
        return others[^1];
    }

    /// <summary>Signs in by link in another browser.</summary>
    public async Task<Browser> AtNewBrowserAsync(string? userAgent = null)
    {
        var browser = NewBrowser(userAgent);
        await browser.SignInWithMailAsync(app, email);
        return browser;
    }

    /// <summary>Tries to sign in with a password in another browser.</summary>
    public Task<Answer> TryPasswordAsync(string password = Password, string? userAgent = null) =>
        NewBrowser(userAgent).PostAsync("/auth/sign-in", new { email, password });

    /// <summary>Completes only the first factor in another browser, which then holds only the half-signed-in state.</summary>
    public async Task<Browser> HalfSignedInAsync()
    {
        var browser = NewBrowser();
        var answer = (
            await browser.PostAsync("/auth/magic-link/verify", new { token = await browser.AskForLinkAsync(app, email) })
        ).ShouldSucceed();
        Assert.That((bool?)answer.Data["twoFactorRequired"], Is.True, answer.Text);
        return browser;
    }

    public Task<IReadOnlyList<ReceivedMail>> MailsAsync(string? subject = null) => app.MailsToAsync(email, subject);

    public void Dispose()
    {
        Browser.Dispose();
        others.ForEach(b => b.Dispose());
    }
}
