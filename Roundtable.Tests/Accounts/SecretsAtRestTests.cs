using System.Text;
using Microsoft.Data.Sqlite;
using OtpNet;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Accounts;

public sealed class SecretsAtRestTests
{
    [Test]
    [Category("threat-23")]
    public async Task Database_ContainsNoPlaintextSecret_AfterAFullRun()
    {
        await using var app = TestApp.Start();
        var secrets = new Secrets();
        await RunAsync(app, secrets);
        foreach (var file in Directory.GetFiles(app.MailFolder, "*.eml"))
        {
            if (ReceivedMail.Read(file) is var mail && mail.Text.Contains("#token=", StringComparison.Ordinal))
            {
                secrets.Add(mail.Token);
            }
        }

        var bytes = await Files.DatabaseAsync(app);
        SqliteConnection.ClearAllPools();
        var folded = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).ToUpperInvariant());

        Assert.That(secrets.All, Has.Count.GreaterThan(45));
        Assert.That(Files.Contains(bytes, Encoding.UTF8.GetBytes("magicLink.redeemed")), Is.True, "the search finds existing values");
        Assert.That(
            secrets.All.Where(s => Files.Contains(bytes, Encoding.UTF8.GetBytes(s)) || Files.Contains(bytes, Encoding.Unicode.GetBytes(s))),
            Is.Empty
        );
        Assert.That(secrets.All.Where(s => Files.Contains(folded, Encoding.UTF8.GetBytes(s.ToUpperInvariant()))), Is.Empty);
        Assert.That(secrets.Raw.Where(r => Files.Contains(bytes, r)), Is.Empty);
    }

    private static async Task RunAsync(TestApp app, Secrets secrets)
    {
        using var p = await Person.UnverifiedAsync(app);
        secrets.Add(Person.Password, Person.NewPassword);
        secrets.Of(
            await p.NewBrowser()
                .PostAsync(
                    "/auth/sign-up",
                    new
                    {
                        email = TestApp.NewEmail(),
                        password = Person.Password,
                        name = "Ada",
                    }
                )
        );
        secrets.Of(
            await p.Browser.PostAsync(
                "/auth/email/verify",
                new { token = (await app.NewestMailAsync(p.Email, Subjects.Verification)).Token }
            )
        );
        secrets.Of(await p.Browser.PostAsync("/auth/sign-in", new { email = p.Email, password = Person.Password }));
        secrets.Of(await p.Browser.SignInWithMailAsync(app, p.Email));
        await p.TurnOnTwoFactorAsync();
        secrets.Add([p.Secret, .. p.RecoveryCodes, .. p.RecoveryCodes.Select(c => c.Replace("-", "", StringComparison.Ordinal))]);
        secrets.AddRaw(Base32Encoding.ToBytes(p.Secret));
        var half = p.NewBrowser();
        secrets.Of(await half.PostAsync("/auth/sign-in", new { email = p.Email, password = Person.Password }));
        secrets.Of(await half.PostAsync("/auth/two-factor/verify", new { recoveryCode = p.RecoveryCodes[0], trustBrowser = true }));
        var codes = (await p.Browser.PostAsync("/auth/two-factor/recovery-codes", new { recoveryCode = p.RecoveryCodes[1] }))
            .ShouldSucceed()
            .Data["codes"]!.AsArray();
        secrets.Add([.. codes.Select(c => (string)c!)]);
        secrets.Of(await p.Browser.PostAsync("/auth/passkeys/registration/options"));
        secrets.Of(await p.NewBrowser().PostAsync("/auth/passkeys/sign-in/options"));
        await RecoverAsync(app, p, secrets);
        await p.Browser.AskForLinkAsync(app, p.Email);
        (await p.Browser.PostAsync("/auth/password/forgot", new { email = p.Email })).ShouldSucceed(202);
        (await p.Browser.PostAsync("/auth/magic-link", new { email = TestApp.NewEmail() })).ShouldSucceed(202);
        await app.AllMailSentAsync();
    }

    private static async Task RecoverAsync(TestApp app, Person p, Secrets secrets)
    {
        (await p.Browser.PostAsync("/auth/password/forgot", new { email = p.Email })).ShouldSucceed(202);
        var token = (await app.NewestMailAsync(p.Email, Subjects.PasswordReset)).Token;
        secrets.Of(await p.Browser.PostAsync("/auth/password/reset", new { token, newPassword = Person.NewPassword }));
        secrets.Of(await p.Browser.PostAsync("/auth/sign-in", new { email = p.Email, password = Person.NewPassword }));
        secrets.Of(await p.Browser.PostAsync("/auth/two-factor/verify", new { code = await p.NextCodeAsync() }));
        var newEmail = TestApp.NewEmail("new");
        (await p.Browser.PostAsync("/auth/email/change", new { newEmail })).ShouldSucceed(202);
        (
            await p.Browser.PostAsync(
                "/auth/email/change/confirm",
                new { token = (await app.NewestMailAsync(newEmail, Subjects.ConfirmChange)).Token }
            )
        ).ShouldSucceed(204);
        (
            await p.Browser.PostAsync(
                "/auth/email/change/undo",
                new { token = (await app.NewestMailAsync(p.Email, Subjects.EmailChanged)).Token }
            )
        ).ShouldSucceed(204);
    }

    /// <summary>Collects every secret that left the application.</summary>
    private sealed class Secrets
    {
        private readonly HashSet<string> all = [];
        private readonly List<byte[]> raw = [];

        public IReadOnlyCollection<string> All => all;

        public IReadOnlyCollection<byte[]> Raw => raw;

        public void Add(params string[] secrets)
        {
            foreach (var secret in secrets.Where(all.Add).Where(s => s.Length == 43))
            {
                raw.Add(System.Buffers.Text.Base64Url.DecodeFromChars(secret));
            }
        }

        public void AddRaw(byte[] secret) => raw.Add(secret);

        /// <summary>Collects the cookies of a response, each of which is purely a secret.</summary>
        public void Of(Answer answer)
        {
            Assert.That(answer.Status, Is.LessThan(300), answer.Text);
            foreach (
                var name in (string[])
                    [
                        "roundtable.session",
                        "roundtable.two-factor",
                        "roundtable.trusted-browser",
                        "roundtable.passkey",
                        "roundtable.sign-up",
                    ]
            )
            {
                if (answer.SetsCookie(name) is { } value)
                {
                    Add(value);
                }
            }
        }
    }
}
