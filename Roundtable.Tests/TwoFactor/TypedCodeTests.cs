using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.TwoFactor;

/// <summary>Codes as users type them: with spaces, hyphens, mixed case, and letters that look like digits.</summary>
public sealed class TypedCodeTests : AccountTests
{
    [TestCase("{0} {1}")]
    [TestCase(" {0}{1} ")]
    [TestCase("{0}\u00a0{1}")]
    [TestCase("{0}\u202f{1}\t")]
    public async Task Codes_MayContainSpaces_AtEveryEndpoint(string form)
    {
        string Typed(string code) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, code[..3], code[3..]);
        using var person = await Person.WithPasswordAsync(App);
        var secret = (string)(await person.Browser.PostAsync("/auth/two-factor/setup")).ShouldSucceed().Data["secret"]!;
        string Code() => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(App.Now);
        (await person.Browser.PostAsync("/auth/two-factor/confirm", new { code = Typed(Code()) })).ShouldSucceed();

        await App.EvaluateAsync(TimeSpan.FromSeconds(30));
        using var half = await person.HalfSignedInAsync();
        (await half.PostAsync("/auth/two-factor/verify", new { code = Typed(Code()) })).ShouldSucceed();

        await App.EvaluateAsync(TimeSpan.FromSeconds(30));
        (await person.Browser.PostAsync("/auth/reauthenticate", new { password = Person.Password, code = Typed(Code()) })).ShouldSucceed(
            204
        );
    }

    [TestCase("12345")]
    [TestCase("1234567")]
    [TestCase("12 34 5")]
    [TestCase("12345a")]
    [TestCase("123-456")]
    [TestCase("١٢٣٤٥٦")]
    public async Task InvalidCodes_AreReportedByName(string code)
    {
        using var person = await Person.ByLinkAsync(App);
        var answer = (await person.Browser.PostAsync("/auth/two-factor/confirm", new { code })).ShouldFail(400, "validation_failed");
        Assert.That((string?)answer.Json["reasons"]!["code"]![0]!["code"], Is.EqualTo("six_digits"));
    }

    [Test]
    public async Task RecoveryCodes_AcceptSimilarCharacters()
    {
        using var person = await Person.WithTwoFactorAsync(App);
        var forms = new Func<string, string>[]
        {
            c => c.Replace('0', 'O').Replace('1', 'I'),
            c => c.Replace('0', 'o').Replace('1', 'l').ToLowerInvariant(),
            c => c.Replace("-", " ", StringComparison.Ordinal).Replace('1', 'L'),
            c => $"  {c.Replace("-", "", StringComparison.Ordinal).Replace('1', 'i')} ",
        };
        foreach (var (code, form) in person.RecoveryCodes.OrderByDescending(c => c.Count(x => x is '0' or '1')).Zip(forms))
        {
            using var half = await person.HalfSignedInAsync();
            (await half.PostAsync("/auth/two-factor/verify", new { recoveryCode = form(code) })).ShouldSucceed();
            await App.EvaluateAsync(TimeSpan.FromMinutes(4));
        }
    }

    [Test]
    public async Task OwnAddress_CanChangeItsCase()
    {
        var email = TestApp.NewEmail("mixed");
        var capital = email.Replace("mixed", "Mixed", StringComparison.Ordinal);
        using var person = await Person.WithPasswordAsync(App, email);
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail = email })).ShouldFail(400, "validation_failed");
        (await person.Browser.PostAsync("/auth/email/change", new { newEmail = capital })).ShouldSucceed(202);
        var confirm = (await App.MailsToAsync(email)).Last(m => m.Text.Contains("confirm-email", StringComparison.Ordinal));
        (await person.Browser.PostAsync("/auth/email/change/confirm", new { token = confirm.Token })).ShouldSucceed(204);
        Assert.That((string?)(await person.Browser.GetAsync("/users/me")).Data["email"], Is.EqualTo(capital));
        (await person.TryPasswordAsync()).ShouldSucceed();

        var undo = (await App.MailsToAsync(email)).Last(m => m.Text.Contains("undo-email", StringComparison.Ordinal));
        (await person.NewBrowser().PostAsync("/auth/email/change/undo", new { token = undo.Token })).ShouldSucceed(204);
        Assert.That(await App.FindUserAsync(email), Has.Property("Email").EqualTo(email));
    }
}
