using Microsoft.AspNetCore.Identity;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Identity;

/// <summary>Identity's tokens are the product's one-time tokens; each side accepts what the other issued.</summary>
public sealed class TokenProviderTests : AccountTests
{
    private const string Purpose = "close the books";

    [Test]
    public async Task Token_WorksOnce_ForItsUserAndPurposeOnly()
    {
        using var person = await Person.ByLinkAsync(App);
        using var other = await Person.ByLinkAsync(App);
        var token = await GenerateAsync(person, Purpose);
        Assert.That(await VerifyAsync(other, Purpose, token), Is.False);
        Assert.That(await VerifyAsync(person, "open the books", token), Is.False);
        Assert.That(await VerifyAsync(person, Purpose, token + "x"), Is.False);
        Assert.That(await VerifyAsync(person, Purpose, token), Is.True);
        Assert.That(await VerifyAsync(person, Purpose, token), Is.False);
        Assert.That(await App.FindRowsAsync(token), Is.Empty);
    }

    [Test]
    public async Task Token_IsAcceptedOnce_With20ParallelAttempts()
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await GenerateAsync(person, Purpose);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => VerifyAsync(person, Purpose, token))));
        Assert.That(taken.Count(t => t), Is.EqualTo(1));
    }

    [Test]
    public async Task Token_ExpiresAfterADay_OrWithANewerOne()
    {
        using var person = await Person.ByLinkAsync(App);
        var (older, newer) = (await GenerateAsync(person, Purpose), await GenerateAsync(person, Purpose));
        Assert.That(await VerifyAsync(person, Purpose, older), Is.False);
        App.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await VerifyAsync(person, Purpose, newer), Is.False);
    }

    [Test]
    public async Task MagicLinkToken_IsAcceptedByTheEndpoint()
    {
        using var person = await Person.ByLinkAsync(App);
        var token = await GenerateAsync(person, "MagicLink");
        (await App.NewBrowser().PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }

    [Test]
    public async Task ResetToken_IsAcceptedByTheEndpoint()
    {
        using var person = await Person.WithPasswordAsync(App);
        (await App.NewBrowser().PostAsync("/auth/password/forgot", new { email = person.Email })).ShouldSucceed(202);
        var mailed = (await App.Mail.WaitAsync(person.Email, 1, "reset-password"))[0].Token;
        (await App.OnAsync(person.Email, (m, u) => m.ResetPasswordAsync(u, mailed, "password12"))).ShouldFail("password");
        (await App.OnAsync(person.Email, (m, u) => m.ResetPasswordAsync(u, mailed, Person.NewPassword))).ShouldSucceed();
        (await person.Browser.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
        (await person.TryPasswordAsync(Person.NewPassword)).ShouldSucceed();

        var made = await App.OnAsync(person.Email, (m, u) => m.GeneratePasswordResetTokenAsync(u));
        (await App.NewBrowser().PostAsync("/auth/password/reset", new { token = made, newPassword = Person.Password })).ShouldSucceed(204);
        (await person.TryPasswordAsync()).ShouldSucceed();
        (await App.OnAsync(person.Email, (m, u) => m.ResetPasswordAsync(u, made, Person.NewPassword))).ShouldFail("InvalidToken");
    }

    [Test]
    public async Task ConfirmationToken_VerifiesTheAddress_AndRemovesTheSignUpsPassword()
    {
        using var person = await Person.UnverifiedAsync(App);
        var token = await App.OnAsync(person.Email, (m, u) => m.GenerateEmailConfirmationTokenAsync(u));
        (await App.OnAsync(person.Email, (m, u) => m.ConfirmEmailAsync(u, token))).ShouldSucceed();
        Assert.That(await App.OnAsync(person.Email, (m, u) => m.IsEmailConfirmedAsync(u)), Is.True);
        (await person.TryPasswordAsync()).ShouldFail(401, "invalid_credentials");
    }

    [Test]
    public async Task ChangeToken_ChangesTheAddress()
    {
        using var person = await Person.ByLinkAsync(App);
        var moved = TestApp.NewEmail();
        var token = await App.OnAsync(person.Email, (m, u) => m.GenerateChangeEmailTokenAsync(u, moved));
        (await App.OnAsync(person.Email, (m, u) => m.ChangeEmailAsync(u, TestApp.NewEmail(), token))).ShouldFail("InvalidToken");
        (await App.OnAsync(person.Email, (m, u) => m.ChangeEmailAsync(u, moved, token))).ShouldSucceed();
        var user = (await App.ByUserManagerAsync(m => m.FindByIdAsync(person.Id)))!;
        Assert.That((user.Email, user.EmailConfirmed), Is.EqualTo((moved, true)));
    }

    private Task<string> GenerateAsync(Person person, string purpose) =>
        App.OnAsync(person.Email, (m, u) => m.GenerateUserTokenAsync(u, TokenOptions.DefaultProvider, purpose));

    private Task<bool> VerifyAsync(Person person, string purpose, string token) =>
        App.OnAsync(person.Email, (m, u) => m.VerifyUserTokenAsync(u, TokenOptions.DefaultProvider, purpose, token));
}
