using System.Globalization;
using System.Net;
using System.Text;
using Roundtable.Application.Email;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Tests.Email;

public sealed class MailRendererTests
{
    private static readonly MailRenderer Renderer = Mails.Renderer();

    private static IEnumerable<string> Templates => typeof(MailTemplates).GetFields().Select(f => (string)f.GetRawConstantValue()!);

    private static Dictionary<string, string?> Full(string mark = "") =>
        new()
        {
            ["link"] = Mails.Link,
            ["expires"] = "22 November 2026, 19:37 UTC",
            ["name"] = $"Ada{mark}",
            ["requestedAt"] = "22 November 2026, 19:32 UTC",
            ["ipAddress"] = "2001:db8::1",
            ["device"] = $"Firefox on Linux{mark}",
            ["invitedBy"] = $"Grace{mark}",
            ["newEmail"] = "ada@new.example",
            ["method"] = $"Password{mark}",
            ["change"] = $"Added{mark}",
            ["passkey"] = $"Key{mark}",
            ["apiKey"] = $"Nightly sync (rt_pat_Kd93x…){mark}",
            ["account"] = $"Build server{mark}",
            ["apiKeys"] = $"Nightly sync, Reports{mark}",
            ["keysLink"] = Mails.Link,
            ["roles"] = $"user, editor{mark}",
            ["reason"] = $"Spam{mark}",
            ["until"] = "1 December 2026, 00:00 UTC",
        };

    [TestCaseSource(nameof(Templates))]
    public void Render_ShowsEveryValue_WhenAllAreGiven(string template)
    {
        var mail = Renderer.Render(template, Full());
        Assert.That(mail.Subject, Is.Not.Empty);
        foreach (var form in new[] { mail.Html, mail.Text })
        {
            Assert.That(form, Does.Contain("Hello Ada,").And.Contain(mail.Subject));
            Assert.That(form, Does.Contain("22 November 2026, 19:32 UTC").And.Contain("2001:db8::1").And.Contain("Firefox on Linux"));
            Assert.That(form, Does.Not.Contain("{{").And.Not.Contain("\r"));
            Assert.That(form.Split('\n').Max(Encoding.UTF8.GetByteCount), Is.LessThan(900));
        }
    }

    [Test]
    public void Phrases_AreTranslated_InEveryLanguage() =>
        Assert.That(
            from phrase in typeof(MailPhrases).GetFields().Select(f => (string)f.GetRawConstantValue()!)
            from language in MailTexts.Languages
            where
                MailTexts.Find("", $"phrase.{phrase}", CultureInfo.GetCultureInfo(language)) is not { } text
                || (language != "en" && text == phrase)
            select $"{language}: {phrase}",
            Is.Empty
        );

    [TestCase("de", "Firefox unter Linux")]
    [TestCase("ja", "LinuxのFirefox")]
    [TestCase("en", "Firefox on Linux")]
    public void Device_IsNamed_InTheLanguageOfTheMail(string language, string device)
    {
        var values = Full();
        (values["browser"], values["system"]) = ("Firefox", "Linux");
        Assert.That(Renderer.Render(MailTemplates.NewDevice, values, language).Text, Does.Contain(device));
    }

    [TestCaseSource(nameof(Templates))]
    public void Render_IsComplete_WhenOptionalValuesAreMissing(string template)
    {
        var mail = Renderer.Render(
            template,
            new Dictionary<string, string?>
            {
                ["link"] = Mails.Link,
                ["name"] = null,
                ["device"] = " ",
            }
        );
        foreach (var form in new[] { mail.Html, mail.Text })
        {
            Assert.That(form, Does.Contain("Hello,").And.Contain("Roundtable"));
            Assert.That(form, Does.Not.Contain("Where this came from").And.Not.Contain(", until").And.Not.Contain(": <strong></strong>"));
        }
    }

    [TestCaseSource(nameof(Templates))]
    public void Render_ShowsTheLinkOnceInText_AndAsButtonAndTextInHtml(string template)
    {
        var mail = Renderer.Render(template, Full());
        var linked = mail.Text.Contains(Mails.Link, StringComparison.Ordinal);
        Assert.That(Count(mail.Text, Mails.Link), Is.EqualTo(linked ? 1 : 0));
        Assert.That(mail.Text.Split('\n').Count(l => l == Mails.Link), Is.EqualTo(linked ? 1 : 0), "on a separate line");
        Assert.That(Count(mail.Html, Mails.Link), Is.EqualTo(linked ? 2 : 0));
        Assert.That(Count(mail.Html, $"href=\"{Mails.Link}\""), Is.EqualTo(linked ? 1 : 0));
        Assert.That(Count(mail.Html, "://"), Is.EqualTo(linked ? 2 : 0), "no remote content");
    }

    [TestCaseSource(nameof(Templates))]
    public void Render_EncodesUserText_WhenItContainsMarkup_CVE_2022_31127(string template)
    {
        var mail = Renderer.Render(template, Full("<script>alert(1)</script>\"'"));
        Assert.That(mail.Html, Does.Not.Contain("<script").And.Contain("&lt;script&gt;").And.Contain("&quot;&#39;"));
        Assert.That(mail.Text, Does.Contain("<script>"));
    }

    [TestCaseSource(nameof(Templates))]
    public void Render_RemovesLineBreaksAndControls_FromUserText_CVE_2022_31127(string template)
    {
        var plain = Renderer.Render(template, Full());
        var mail = Renderer.Render(template, Full("\r\nBcc: eve\u0000\u2028\u202E\u200B"));
        Assert.That(mail.Subject, Is.EqualTo(plain.Subject));
        Assert.That(mail.Text, Does.Contain("Hello Ada Bcc: eve,"));
        Assert.That(mail.Text.Split('\n'), Has.None.StartWith("Bcc:"));
        foreach (var form in new[] { mail.Html, mail.Text })
        {
            Assert.That(form.Where(c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u202E' or '\u200B'), Is.Empty);
        }
    }

    [TestCase("Click http://evil.example/x now", "Click http evil. example/x now")]
    [TestCase("www.evil.example", "www. evil. example")]
    [TestCase("HTTPS://evil.example", "HTTPS evil. example")]
    [TestCase("http:\u200B//evil", "http evil")]
    [TestCase("ｈｔｔｐ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ", "http evil. example")]
    [TestCase("evil。example", "evil. example")]
    [TestCase("eve@evil.example", "eve (at) evil. example")]
    [TestCase("J.R.R. Tolkien", "J. R. R. Tolkien")]
    [TestCase("Ada (rt_pat_Kd93x…)", "Ada (rt_pat_Kd93x...)")]
    [TestCase("Łukasz 👩‍🚀 O'Neill-Ünal 1.2", "Łukasz 👩‍🚀 O'Neill-Ünal 1.2")]
    public void Render_PreventsAutomaticLinks_WhenANameLooksLikeALink(string name, string shown)
    {
        var mail = Renderer.Render(MailTemplates.PasswordChanged, new Dictionary<string, string?> { ["name"] = name });
        Assert.That(mail.Text, Does.Contain($"Hello {shown},"));
        Assert.That(WebUtility.HtmlDecode(mail.Html), Does.Contain($"Hello {shown},"));
        Assert.That(mail.Text + mail.Html, Does.Not.Contain("://"));
    }

    // Not a case of the test above: the runner omits cases that it cannot write to its report. Names stored before such characters were
    // rejected still reach mails.
    [Test]
    public void Render_PreventsAutomaticLinks_WhenANameContainsANoncharacter() =>
        Render_PreventsAutomaticLinks_WhenANameLooksLikeALink("http:\uFFFE//evil", "http evil");

    [Test]
    public void Render_ShowsTheStartOfAKey_WhenItsNameIsLong()
    {
        var values = Full();
        values["apiKey"] = $"{new string('x', 100)} (rt_pat_Kd93x…)";
        Assert.That(Renderer.Render(MailTemplates.ApiKeyChanged, values).Text, Does.Contain("x (rt_pat_Kd93x...)"));
    }

    [TestCase("Build server", "about a service account", "about your account")]
    [TestCase(null, "about your account", "service account")]
    public void Render_NamesTheOwnerOfAKey(string? account, string words, string others)
    {
        var values = Full();
        values["account"] = account;
        foreach (var template in new[] { MailTemplates.ApiKeyChanged, MailTemplates.ApiKeyExpiring })
        {
            Assert.That(Renderer.Render(template, values).Text, Does.Contain(words).And.Not.Contain(others));
        }
    }

    [TestCase('x', 2000)]
    [TestCase('"', 2000)]
    [TestCase('界', 2000)]
    public void Render_LimitsTextAndLines_WhenUserTextIsLong(char character, int length)
    {
        var mail = Renderer.Render(
            MailTemplates.Banned,
            new Dictionary<string, string?> { ["name"] = new string(character, length), ["reason"] = new string(character, length) }
        );
        Assert.That(mail.Text.Count(c => c == character), Is.InRange(600, 620));
        Assert.That((mail.Html + mail.Text).Split('\n').Max(Encoding.UTF8.GetByteCount), Is.LessThan(900));
    }

    [Test]
    public void Render_DoesNotTreatUserTextAsTemplate_WhenItContainsBraces()
    {
        var mail = Renderer.Render(
            MailTemplates.MagicLink,
            new Dictionary<string, string?> { ["link"] = Mails.Link, ["name"] = "{{link}}{{{link}}}" }
        );
        Assert.That(mail.Text, Does.Contain("Hello {{link}}{{{link}}},"));
        Assert.That(Count(mail.Text, Mails.Link), Is.EqualTo(1));
    }

    [TestCase("javascript:alert(1)")]
    [TestCase("/magic-link#token=x")]
    [TestCase("https://app.example.com/ x")]
    [TestCase(null)]
    public void Render_Throws_WhenTheLinkIsMissingOrInvalid(string? link) =>
        Assert.That(
            () => Renderer.Render(MailTemplates.MagicLink, new Dictionary<string, string?> { ["link"] = link }),
            Throws.ArgumentException
        );

    [Test]
    public void Render_Throws_WhenTheTemplateIsUnknown() => Assert.That(() => Renderer.Render("layout", Full()), Throws.ArgumentException);

    [Test]
    public void Render_IsThreadSafe()
    {
        var fresh = Mails.Renderer();
        var expected = Templates.ToDictionary(t => t, t => Renderer.Render(t, Full()));
        Parallel.For(0, 200, i =>
        {
            var template = Templates.ElementAt(i % expected.Count);
            Assert.That(fresh.Render(template, Full()), Is.EqualTo(expected[template]));
        });
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
