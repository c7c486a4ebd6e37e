using System.Globalization;
using System.Text.RegularExpressions;
using Roundtable.Application.Email;
using Roundtable.Infrastructure.Email;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Email;

/// <summary>An installation's own templates: which one is used, what it may contain, and what its documentation says.</summary>
public sealed partial class MailTemplateTests
{
    private static readonly Dictionary<string, string?> Values = new()
    {
        ["link"] = Mails.Link,
        ["name"] = "Ada",
        ["expires"] = "2026-12-03T19:37:00.0000000Z",
        ["requestedAt"] = "2026-12-03T19:32:00.0000000Z",
        ["ipAddress"] = "2001:db8::1",
    };

    private TempFolder folder = null!;

    private static IEnumerable<string> Templates => typeof(MailTemplates).GetFields().Select(f => (string)f.GetRawConstantValue()!);

    [SetUp]
    public void SetUp() => folder = new TempFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase(
        "de-AT",
        "Wien",
        "Anmeldung in Wien",
        "Donnerstag, 3. Dezember 2026, 19:37 UTC",
        "Melden Sie sich über diese Schaltfläche an."
    )]
    [TestCase(
        "de-at-1996",
        "Wien",
        "Anmeldung in Wien",
        "Donnerstag, 3. Dezember 2026, 19:37 UTC",
        "Melden Sie sich über diese Schaltfläche an."
    )]
    [TestCase(
        "de-CH",
        "Deutsch",
        "Anmelden bei Roundtable",
        "Donnerstag, 3. Dezember 2026, 19:37 UTC",
        "Melden Sie sich über diese Schaltfläche an."
    )]
    [TestCase(
        "DE",
        "Deutsch",
        "Anmelden bei Roundtable",
        "Donnerstag, 3. Dezember 2026, 19:37 UTC",
        "Melden Sie sich über diese Schaltfläche an."
    )]
    [TestCase(
        "fr",
        "Own",
        "Votre lien de connexion à Roundtable",
        "jeudi 3 décembre 2026, 19:37 UTC",
        "Utilisez ce bouton pour vous connecter."
    )]
    [TestCase(null, "Own", "Your sign-in link for Roundtable", "3 December 2026, 19:37 UTC", "Use this button to sign in.")]
    [TestCase("", "Own", "Your sign-in link for Roundtable", "3 December 2026, 19:37 UTC", "Use this button to sign in.")]
    [TestCase("not a tag--", "Own", "Your sign-in link for Roundtable", "3 December 2026, 19:37 UTC", "Use this button to sign in.")]
    public void Render_UsesTheMostSpecificFile_ForEachPart(string? locale, string words, string subject, string time, string html)
    {
        Write("magic-link.text.hbs", "Own {{link}} {{expires}}");
        Write("magic-link.de.text.hbs", "Deutsch {{link}} {{expires}}");
        Write("magic-link.de.subject.hbs", "Anmelden bei {{appName}}\n");
        Write("magic-link.de-AT.text.hbs", "Wien {{link}} {{expires}}");
        Write("magic-link.de-AT.subject.hbs", "Anmeldung in Wien");

        var mail = Renderer().Render(MailTemplates.MagicLink, Values, locale);

        Assert.That(mail.Text, Does.Contain($"{words} {Mails.Link} {time}"));
        Assert.That(mail.Subject, Is.EqualTo(subject));
        Assert.That(mail.Text, Does.StartWith(subject), "in the embedded layout");
        Assert.That(
            System.Net.WebUtility.HtmlDecode(mail.Html),
            Does.Contain(html).And.Contain(time),
            "the part without a file is the embedded one of the language"
        );
    }

    [Test]
    public void Render_UsesLayoutAndButtonOfTheLanguage_WithEmbeddedMails()
    {
        Write("layout.de.html.hbs", "<main>{{{body}}}</main>");
        Write("button.de.text.hbs", "Hier: {{link}} ({{label}})");
        var (german, other) = (
            Renderer().Render(MailTemplates.MagicLink, Values, "de"),
            Renderer().Render(MailTemplates.MagicLink, Values)
        );
        Assert.That(german.Html, Does.StartWith("<main><p>Melden Sie sich über diese Schaltfläche an.").And.EndWith("</main>\n"));
        Assert.That(german.Text, Does.Contain($"Hier: {Mails.Link} (Anmelden)"));
        Assert.That(other, Is.EqualTo(Mails.Renderer().Render(MailTemplates.MagicLink, Values)));
    }

    [TestCase("de", null, "Deutsch")]
    [TestCase("de-AT", "ko", "Deutsch")]
    [TestCase("de", "it", "Italiano")]
    [TestCase(null, null, "Use this button")]
    [TestCase("de", "en-GB", "Use this button")]
    public void Render_UsesTheDefaultLanguage_AsFallback(string? otherwise, string? locale, string words)
    {
        Write("magic-link.de.text.hbs", "Deutsch {{link}}");
        Write("magic-link.it.text.hbs", "Italiano {{link}}");
        Assert.That(new MailRenderer(Read(), otherwise).Render(MailTemplates.MagicLink, Values, locale).Text, Does.Contain(words));
    }

    [TestCaseSource(nameof(Templates))]
    [Category("threat-22")]
    public void Render_EncodesUserText_InCustomTemplates(string template)
    {
        var shown = string.Concat(MailTemplateRules.ValuesOf(template).Select(v => $"<p title=\"{{{{{v}}}}}\">{{{{~ {v} ~}}}}</p>\n"));
        Write($"{template}.html.hbs", shown);
        Write($"{template}.text.hbs", shown);
        Write($"{template}.subject.hbs", "Own words of {{ appName }}");
        var hostile = MailTemplateRules
            .ValuesOf(template)
            .ToDictionary(
                v => v,
                v =>
                    v is "link" or "keysLink" ? Mails.Link
                    : v == "newEmail" ? "ada@new.example"
                    : (string?)"<script>alert(1)</script>\"'\r\nBcc: eve@evil.example\u202E{{name}}"
            );

        var mail = Renderer().Render(template, hostile);

        Assert.That(mail.Html, Does.Not.Contain("<script").And.Contain("&lt;script&gt;").And.Contain("&quot;&#39;"));
        Assert.That(mail.Subject, Is.EqualTo("Own words of Roundtable"));
        foreach (var form in new[] { mail.Html, mail.Text })
        {
            Assert.That(form.Split('\n'), Has.None.StartWith("Bcc:"));
            Assert.That(form.Where(c => (char.IsControl(c) && c != '\n') || c is '\u202E'), Is.Empty);
            Assert.That(form, Does.Not.Contain("eve@evil.example").And.Contain("{{name}}"));
        }
    }

    [TestCase("welcome.html.hbs", "x", "is not the name of a mail")]
    [TestCase("magic-link.hbs", "x", "is not named as a template is")]
    [TestCase("magic-link.de.AT.html.hbs", "x", "is not named as a template is")]
    [TestCase("magic-link.htm.hbs", "x", "is not named as a template is")]
    [TestCase("magic-link.german.html.hbs", "{{link}}", "has an invalid language tag")]
    [TestCase("magic-link.de_AT.html.hbs", "{{link}}", "has an invalid language tag")]
    [TestCase("layout.subject.hbs", "x", "is a subject, but shared parts have none")]
    [TestCase("magic-link.subject.hbs", " \n", "must hold a subject")]
    [TestCase("magic-link.subject.hbs", "One\nBcc: eve@evil.example", "must hold one line")]
    [TestCase("magic-link.subject.hbs", "One\u0085Two", "must hold one line")]
    [TestCase("magic-link.subject.hbs", "Hello {{name}}", "shows another value than {{appName}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{nmae}}", "has the tag {{nmae}}, which shows 'nmae'; what can be shown here is name, ")]
    [TestCase("magic-link.html.hbs", "{{link}} {{reason}}", "which shows 'reason'")]
    [TestCase("magic-link.html.hbs", "{{link}} {{#if reason}}x{{/if}}", "which shows 'reason'")]
    [TestCase("magic-link.html.hbs", "{{link}} {{#unless expires}}{{#if expires}}{{else if nmae}}{{/if}}{{/unless}}", "which shows 'nmae'")]
    [TestCase("magic-link.html.hbs", "{{link}} {{{name}}}", "is not encoded: write {{name}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{&name}}", "is not encoded: write {{name}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{& name}}", "is not encoded: write {{name}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{{body}}}", "which shows 'body'")]
    [TestCase("magic-link.html.hbs", "{{link}} {{#each name}}{{/each}}", "has the tag {{#each name}}; there are")]
    [TestCase("magic-link.html.hbs", "{{link}} {{lookup this 'name'}}", "has the tag {{lookup this 'name'}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{name.length}}", "has the tag {{name.length}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{../name}}", "has the tag {{../name}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{> layout}}", "has the tag {{> layout}}")]
    [TestCase("magic-link.html.hbs", "{{link}} {{", "has a {{ that does not start a tag")]
    [TestCase("magic-link.html.hbs", "{{link}} {{#if name}}", "does not compile: ")]
    [TestCase("magic-link.html.hbs", "{{link}} {{/if}}", "does not compile: ")]
    [TestCase("magic-link.html.hbs", "<p>Welcome</p>{{!-- {{link}} --}}", "does not show 'link'")]
    [TestCase("password-changed.html.hbs", "{{> button label=\"Sign in\"}}", "which shows 'link'")]
    [TestCase("layout.html.hbs", "<p>{{subject}}</p>", "does not show 'body'")]
    [TestCase("layout.html.hbs", "<p>{{body}}</p>", "must show the body as it is: {{{body}}}")]
    [TestCase("button.text.hbs", "{{label}}", "does not show 'link'")]
    [TestCase("button.text.hbs", "{{link}}{{> button label=\"x\"}}", "has the tag {{> button")]
    public void Read_ReportsTheProblem_OfEachFile(string file, string source, string problem)
    {
        Write(file, source);
        Write("password-reset.text.hbs", "Fine: {{~#if expires~}} {{expires}} {{~else~}} now {{~/if~}} {{{link}}} {{! a remark }}");
        var read = Read();
        Assert.That(read.Problems.Select(p => p.File), Is.EqualTo(new[] { file }));
        Assert.That(read.Problems[0].Problem, Does.Contain(problem));
        Assert.That(read.Files.Select(f => f.Name), Is.EqualTo(new[] { "password-reset" }));
    }

    [Test]
    public void Read_RefusesOtherEncodings_AndFilesThatDifferInCase()
    {
        File.WriteAllBytes(folder.PathOf("magic-link.de.text.hbs"), [.. "F"u8, 0xFC, .. "r {{link}}"u8]);
        Write("magic-link.fr.text.hbs", "\uFEFF{{link}}");
        Write("notes.txt", "{{of no concern}}");
        Assert.That(Read().Problems, Is.EqualTo(new[] { ("magic-link.de.text.hbs", "is not UTF-8") }));
        File.Delete(folder.PathOf("magic-link.de.text.hbs"));
        Write("magic-link.FR.text.hbs", "{{link}}");
        // On case-insensitive file systems both names are one file: nothing to reject.
        Assert.That(Read().Problems.Count, Is.EqualTo(Directory.GetFiles(folder.Name, "*.hbs").Length - 1));
    }

    [Test]
    public void EmbeddedTemplates_FollowTheRulesForCustomOnes()
    {
        var embedded = typeof(MailRenderer)
            .Assembly.GetManifestResourceNames()
            .Where(r => r.EndsWith(".hbs", StringComparison.Ordinal))
            .ToList();
        foreach (var resource in embedded)
        {
            using var reader = new StreamReader(typeof(MailRenderer).Assembly.GetManifestResourceStream(resource)!);
            Write(string.Join('.', resource.Split('.')[^3..]), reader.ReadToEnd());
        }

        Assert.That(Read().Problems, Is.Empty);
        Assert.That(Read().Files, Has.Count.EqualTo(embedded.Count).And.Count.EqualTo(2 * (MailCatalog.All.Count + 2)));
        Assert.That(MailCatalog.All.Keys, Is.EquivalentTo(Templates));
    }

    [Test]
    public void Documentation_ListsEveryMail_WithItsSubjectAndValues()
    {
        var rows = File.ReadAllLines(Documentation)
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var documented = rows.Where(r => r.Length == 6)
            .Select(r => $"{r[1].Trim('`')}: {r[3]}: {string.Join(' ', Code().Matches(r[4]).Select(m => m.Groups[1].Value))}");
        Assert.That(
            documented,
            Is.EquivalentTo(MailCatalog.All.Select(k => $"{k.Key}: {SubjectOf(k.Key)}: {string.Join(' ', k.Value.Values)}"))
        );
        Assert.That(
            rows.Where(r => r.Length == 4).Select(r => r[1].Trim('`')),
            Is.EquivalentTo(MailCatalog.CommonValues.Append(MailCatalog.Body).Append(MailCatalog.IsRequested).Append(MailCatalog.Label))
        );
    }

    private static string SubjectOf(string template) =>
        MailTemplateRules.Subject(MailTexts.Find(template, MailForms.Subject, CultureInfo.InvariantCulture)!);

    [Test]
    public async Task DocumentedExample_IsUsed_ForGermanUsersOnly()
    {
        foreach (Match example in Example().Matches(await File.ReadAllTextAsync(Documentation)))
        {
            Write(example.Groups["file"].Value, example.Groups["source"].Value);
        }

        Assert.That(Directory.GetFiles(folder.Name), Has.Length.EqualTo(4));
        await using var app = TestApp.Start(("Email:Templates:Directory", folder.Name));
        var email = TestApp.NewEmail("heidi");
        using var browser = await app.SignInAsync(email);
        (await browser.PatchAsync("/users/me", new { name = "Heidi <3", locale = "de-AT" })).ShouldSucceed();
        await browser.RequestLinkAsync(email);

        var mails = app.Mail.To(email, "magic-link");
        Assert.That(mails[0].Subject, Is.EqualTo("Your sign-in link for Roundtable"), "an address without an account has no language");
        Assert.That(mails[1].Subject, Is.EqualTo("Ihr Anmeldelink für Roundtable"));
        Assert.That(
            mails[1].Text,
            Does.Contain("Guten Tag Heidi <3,")
                .And.Contain("Mit diesem Link melden Sie sich an.")
                .And.Match(@"bis \w+, \d+\. \w+ \d{4}, \d\d:\d\d UTC")
                .And.Not.Contain("Hello")
        );
        Assert.That(mails[1].Html, Does.Contain("Heidi &lt;3").And.Contain("Mit dieser Schaltfläche melden Sie sich an."));
        using var other = await app.SignInAsync(TestApp.NewEmail("grace"));
        Assert.That(app.Mail.All().Count(m => m.Subject.StartsWith("Ihr", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static string Documentation => Repository.PathOf("docs", "mail-templates.md");

    private void Write(string file, string source) => File.WriteAllText(folder.PathOf(file), source);

    private MailTemplateFolder Read() => MailTemplateFolder.Read(folder.Name);

    private MailRenderer Renderer()
    {
        var read = Read();
        Assert.That(read.Problems, Is.Empty);
        return new MailRenderer(read);
    }

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("`(?<file>[a-z-]+\\.de\\.[a-z]+\\.hbs)`:\n\n```[a-z]*\n(?<source>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
