using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Roundtable.Tests.Accounts;

namespace Roundtable.Tests.TwoFactor;

public sealed partial class TwoFactorSetupTests : AccountTests
{
    [Test]
    public async Task SetUp_ReturnsTheSecretInThreeForms_WhenTwoFactorIsOff()
    {
        using var person = await Person.ByLinkAsync(App);

        var setup = (await person.Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data;

        var secret = (string)setup["secret"]!;
        var uri = new Uri((string)setup["otpauthUri"]!);
        var svg = XDocument.Parse((string)setup["qrCodeSvg"]!);
        Assert.Multiple(() =>
        {
            Assert.That(Base32Encoding.ToBytes(secret), Has.Length.EqualTo(20));
            Assert.That(uri.GetLeftPart(UriPartial.Authority), Is.EqualTo("otpauth://totp"));
            Assert.That(uri.Query, Does.Contain($"secret={secret}").And.Contain("issuer=Roundtable"));
            Assert.That(Uri.UnescapeDataString(uri.AbsolutePath), Is.EqualTo($"/Roundtable:{person.Email}"));
            Assert.That(svg.Root!.Name.LocalName, Is.EqualTo("svg"));
            Assert.That(svg.Descendants().Select(e => e.Name.LocalName), Has.None.EqualTo("script"));
        });
        await AssertStatusAsync(person, enabled: false, codes: 0);
        Assert.That(await (await person.AtNewBrowserAsync()).IsSignedInAsync(), Is.True, "an unconfirmed secret is not required");
    }

    [Test]
    public async Task Confirm_EnablesTwoFactorAndReturnsTenCodes_WhenCodeIsCorrect()
    {
        using var person = await Person.ByLinkAsync(App);

        await person.TurnOnTwoFactorAsync();

        Assert.That(person.RecoveryCodes.Distinct().Count(), Is.EqualTo(10));
        Assert.That(person.RecoveryCodes, Is.All.Match("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$"));
        await AssertStatusAsync(person, enabled: true, codes: 10);
        Assert.That((bool?)(await person.Browser.GetAsync("/users/me")).Data["twoFactorEnabled"], Is.True);
        Assert.That((await App.NewestMailAsync(person.Email, Subjects.TwoFactorChanged)).Text, Does.Contain("turned on"));
    }

    [Test]
    public async Task Confirm_IsRefused_WhenCodeIsWrong()
    {
        using var person = await Person.ByLinkAsync(App);
        var first = (string)(await person.Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        var second = (string)(await person.Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;

        foreach (var code in (string[])[new Totp(Base32Encoding.ToBytes(first)).ComputeTotp(App.Now), "12345", "abcdef", "1234567", ""])
        {
            var refused = (await person.Browser.PostAsync("/auth/two-factor/confirm", new { code })).ShouldFail(400, "validation_failed");
            Assert.That(refused.Json["errors"]!["code"], Is.Not.Null, refused.Text);
        }

        await AssertStatusAsync(person, enabled: false, codes: 0);
        (
            await person.Browser.PostAsync(
                "/auth/two-factor/confirm",
                new { code = new Totp(Base32Encoding.ToBytes(second)).ComputeTotp(App.Now) }
            )
        ).ShouldSucceed();
    }

    [Test]
    public async Task Confirm_AcceptsCodesOfAdjacentSteps_ButNoOthers()
    {
        using var person = await Person.ByLinkAsync(App);
        var totp = new Totp(
            Base32Encoding.ToBytes((string)(await person.Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!)
        );

        foreach (var steps in (int[])[-2, 2])
        {
            (
                await person.Browser.PostAsync("/auth/two-factor/confirm", new { code = totp.ComputeTotp(App.Now.AddSeconds(30 * steps)) })
            ).ShouldFail(400, "validation_failed");
        }

        (
            await person.Browser.PostAsync("/auth/two-factor/confirm", new { code = totp.ComputeTotp(App.Now.AddSeconds(-30)) })
        ).ShouldSucceed();
    }

    [Test]
    public async Task Confirm_EnablesTwoFactorOnce_With10ParallelAttempts()
    {
        using var person = await Person.ByLinkAsync(App);
        var code = new Totp(
            Base32Encoding.ToBytes((string)(await person.Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!)
        ).ComputeTotp(App.Now);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => person.Browser.PostAsync("/auth/two-factor/confirm", new { code }))
        );

        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Select(a => a.Status), Is.All.LessThan(500));
        await AssertStatusAsync(person, enabled: true, codes: 10);
    }

    [Test]
    public async Task Endpoints_ReturnConflict_WhenTwoFactorIsInTheWrongState()
    {
        using var off = await Person.ByLinkAsync(App);
        (await off.Browser.PostAsync("/auth/two-factor/confirm", new { code = "123456" })).ShouldFail(409, "conflict");
        (await off.Browser.PostAsync("/auth/two-factor/recovery-codes")).ShouldFail(409, "conflict");
        (await off.Browser.DeleteAsync("/auth/two-factor")).ShouldSucceed(204);
        Assert.That(await off.MailsAsync(Subjects.TwoFactorChanged), Is.Empty);

        using var on = await Person.WithTwoFactorAsync(App);
        (await on.Browser.PostAsync("/auth/two-factor/setup")).ShouldFail(409, "conflict");
        (await on.Browser.PostAsync("/auth/two-factor/confirm", new { code = await on.NextCodeAsync() })).ShouldFail(409, "conflict");
        await AssertStatusAsync(on, enabled: true, codes: 10);
    }

    [Test]
    public async Task TurnOff_RemovesSecretAndCodes()
    {
        using var person = await Person.WithTwoFactorAsync(App);

        await person.TurnOffTwoFactorAsync();

        await AssertStatusAsync(person, enabled: false, codes: 0);
        Assert.That(await (await person.AtNewBrowserAsync()).IsSignedInAsync(), Is.True);
        Assert.That((await App.NewestMailAsync(person.Email, Subjects.TwoFactorChanged)).Text, Does.Contain("turned off"));
        await person.TurnOnTwoFactorAsync();
        Assert.That(await person.HalfSignedInAsync(), Is.Not.Null, "it can be enabled again immediately with a new secret");
    }

    [Test]
    public async Task RecoveryCodes_AreReplaced_WhenNewOnesAreCreated()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var code = await person.NextCodeAsync();
        var fresh = (await person.Browser.PostAsync("/auth/two-factor/recovery-codes", new { code })).ShouldSucceed().Data["codes"]!
            .AsArray()
            .Select(c => (string)c!)
            .ToList();

        var browser = await person.HalfSignedInAsync();
        (await browser.PostAsync("/auth/two-factor/verify", new { recoveryCode = person.RecoveryCodes[0] })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (await browser.PostAsync("/auth/two-factor/verify", new { recoveryCode = fresh[0] })).ShouldSucceed();
        await AssertStatusAsync(person, enabled: true, codes: 9);
    }

    [Test]
    [Category("threat-23")]
    public async Task Database_ContainsNoPlaintextSecretOrCode()
    {
        using var person = await Person.WithTwoFactorAsync(App);

        var stored = (await App.FindUserAsync(person.Email))!.Credentials.ProtectedTwoFactorSecret!;
        var bytes = await Files.DatabaseAsync(App);

        Assert.That(stored, Does.Not.Contain(person.Secret));
        Assert.That(await App.ReadAsync(db => db.Set<Domain.Users.RecoveryCode>().CountAsync(c => c.UserId == person.Id)), Is.EqualTo(10));
        Assert.That(Files.Contains(bytes, Encoding.UTF8.GetBytes(stored)), Is.True, "the search finds stored values");
        Assert.That(Files.Contains(bytes, Base32Encoding.ToBytes(person.Secret)), Is.False);
        foreach (var secret in person.RecoveryCodes.Concat(person.RecoveryCodes.Select(c => Hyphen().Replace(c, ""))).Append(person.Secret))
        {
            Assert.That(Files.Contains(bytes, Encoding.UTF8.GetBytes(secret)), Is.False);
        }
    }

    private static async Task AssertStatusAsync(Person person, bool enabled, int codes)
    {
        var status = (await person.Browser.GetAsync("/auth/two-factor")).ShouldSucceed().Data;
        Assert.Multiple(() =>
        {
            Assert.That((bool?)status["enabled"], Is.EqualTo(enabled));
            Assert.That((int?)status["recoveryCodesLeft"], Is.EqualTo(codes));
        });
    }

    [GeneratedRegex("-")]
    private static partial Regex Hyphen();
}
