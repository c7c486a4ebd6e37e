using FsCheck.Fluent;
using MimeKit;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Properties;

/// <summary>Tokens, IDs and addresses: parsing returns what was meant and rejects look-alikes.</summary>
public sealed class TokenTests
{
    private static readonly string[] Endpoints =
    [
        "/auth/magic-link/verify",
        "/auth/email/verify",
        "/auth/email/change/confirm",
        "/auth/email/change/undo",
        "/auth/password/reset",
    ];

    private static TestApp App => TestApp.Current;

    [Test]
    public void ForgedTokens_AreInvalid_AtEveryEndpoint()
    {
        using var browser = App.NewBrowser();
        var token = Gen.OneOf(
            Texts.Any,
            Texts.TokenCharacter.ArrayOf(43).Select(c => new string(c)),
            Texts.TokenCharacter.ArrayOf().Select(c => new string(c))
        );
        (from text in token from endpoint in Gen.Elements(Endpoints) select (text, endpoint)).Hold(
            x =>
            {
                object body = x.endpoint.EndsWith("reset", StringComparison.Ordinal)
                    ? new { token = x.text, newPassword = "violet stapler fountain" }
                    : new { token = x.text };
                var answer = browser.PostAsync(x.endpoint, body).GetAwaiter().GetResult();
                return answer is { Status: 400, Code: "invalid_token" or "validation_failed" } && !answer.Headers.ContainsKey("Set-Cookie");
            },
            300
        );
    }

    [Test]
    public async Task ModifiedToken_IsInvalid()
    {
        using var browser = App.NewBrowser();
        var token = await browser.RequestLinkAsync(TestApp.NewEmail());
        var changed =
            from at in Gen.Choose(0, token.Length - 1)
            from c in Texts.TokenCharacter
            from way in Gen.Choose(0, 5)
            select way switch
            {
                0 => token[..at] + c + token[(at + 1)..],
                1 => token[..at],
                2 => token + c,
                3 => token.ToUpperInvariant(),
                4 => $" {token}",
                _ => $"{token}=",
            };
        changed
            .Where(t => t != token)
            .Hold(
                text => browser.PostAsync("/auth/magic-link/verify", new { token = text }).GetAwaiter().GetResult().Code == "invalid_token",
                300
            );
        (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
    }

    [Test]
    public void Ids_AreAcceptedInOneFormOnly() =>
        Gen.OneOf(Texts.Any, Gen.Elements("0123456789abcdefABCDEF-".ToCharArray()).ArrayOf(32).Select(c => new string(c)))
            .Hold(
                text => EntityId.IsValid(text) == (text.Length == 32 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))),
                3000
            );

    [TestCase("ada@xn--mnchen-3ya.de", true)]
    [TestCase("ada@XN--mnchen-3ya.de", true)]
    [TestCase("ada@xn--com.com", true)]
    [TestCase("ada@xn--.com", false)]
    [TestCase("ada@example.xn--a", false)]
    [Category("threat-21")]
    public void Address_IsRefused_WhenItsDomainIsInvalidPunycode(string address, bool accepted) =>
        Assert.That(EmailAddress.TryParse(address, out _), Is.EqualTo(accepted));

    // The mail library's parser is the second one, which could disagree.
    [Test]
    [Category("threat-21")]
    public void Addresses_AreOneMailbox_ForMailKit()
    {
        var fragment = Gen.OneOf(
            Gen.Elements(
                "ada",
                "@",
                "example",
                ".",
                "com",
                "\"",
                "<",
                ">",
                ",",
                ";",
                ":",
                "(",
                ")",
                "+",
                "-",
                "_",
                "\\",
                " ",
                "\r\n",
                "\0",
                "＠",
                "ａ",
                "xn--",
                "[127.0.0.1]",
                "'",
                "%"
            ),
            Texts.Any
        );
        var text = Gen.OneOf(
            fragment.Parts(0, 8),
            from local in fragment.Parts(1, 3)
            from host in fragment.Parts(1, 3)
            select $"{local}@{host}.com"
        );
        text.Hold(
            t =>
                !EmailAddress.TryParse(t, out var address)
                || (
                    InternetAddressList.TryParse(t, out var list)
                    && list is [MailboxAddress only]
                    && MailboxAddress.EncodeAddrspec(only.Address) == t
                    && address.Value == t
                ),
            20_000
        );
    }
}
