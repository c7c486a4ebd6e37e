using Roundtable.Infrastructure.Email;

namespace Roundtable.Tests.Email;

public sealed class EmailOptionsValidatorTests
{
    private TestEnvironment environment = null!;

    [SetUp]
    public void SetUp() => environment = new TestEnvironment();

    [TearDown]
    public void TearDown() => environment.Dispose();

    [Test]
    public void Validate_SucceedsAndCreatesTheFolder_WithDefaultOptions()
    {
        Assert.That(Problems(_ => { }), Is.Empty);
        var folder = Path.Combine(environment.ContentRootPath, "App_Data", "mail");
        Assert.That(Directory.Exists(folder), Is.True);
        Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty, "the probe is removed");
    }

    [TestCase("")]
    [TestCase("Roundtable")]
    [TestCase("no-reply")]
    [TestCase("a@example.com, b@example.com")]
    [TestCase("Roundtable <no-reply@example.com>\r\nBcc: eve@example.com")]
    public void Validate_ReportsFrom_WhenItIsNotOneMailbox(string from) =>
        Assert.That(
            Problems(o => o.From = from),
            Is.EqualTo(new[] { "Email:From must be one mailbox, such as \"Roundtable <no-reply@example.com>\"." })
        );

    [Test]
    public void Validate_ReportsThePickupDirectory_WhenItIsNotWritable()
    {
        File.WriteAllText(Path.Combine(environment.ContentRootPath, "taken"), "");
        Assert.That(
            Problems(o => o.Pickup.Directory = "taken/mail"),
            Has.One.StartsWith("Email:Pickup:Directory is a folder that cannot be written to")
        );
        Assert.That(Problems(o => o.Pickup.Directory = " "), Has.One.StartsWith("Email:Pickup:Directory is required"));
    }

    [Test]
    public void Validate_ReportsEveryKey_WhenSmtpIsIncomplete()
    {
        var problems = Problems(o =>
        {
            o.Transport = EmailTransport.Smtp;
            o.Smtp.Port = 0;
            o.Smtp.UserName = "mailer";
        });
        Assert.That(
            problems,
            Is.EqualTo(
                new[]
                {
                    "Email:Smtp:Host is required when Email:Transport is Smtp.",
                    "Email:Smtp:Port must be between 1 and 65535.",
                    "Email:Smtp:Password is required when Email:Smtp:UserName is set.",
                }
            )
        );
    }

    [Test]
    public void Validate_ReportsEveryKey_WhenSendGridIsIncomplete()
    {
        var problems = Problems(o =>
        {
            o.Transport = EmailTransport.SendGrid;
            o.SendGrid.BaseUrl = "api.sendgrid.com";
        });
        Assert.That(
            problems,
            Is.EqualTo(
                new[]
                {
                    "Email:SendGrid:ApiKey is required when Email:Transport is SendGrid.",
                    "Email:SendGrid:BaseUrl must be an absolute http(s) address.",
                }
            )
        );
    }

    [Test]
    public void Validate_DoesNotDiscloseTheKey_WhenItIsMalformed()
    {
        var problems = Problems(o =>
        {
            o.Transport = EmailTransport.SendGrid;
            o.SendGrid.ApiKey = "SG.very secret";
        });
        Assert.That(problems, Has.Count.EqualTo(1));
        Assert.That(problems[0], Does.StartWith("Email:SendGrid:ApiKey").And.Not.Contain("secret"));
    }

    [Test]
    public void Validate_ReportsTransport_WhenItIsUnknown() =>
        Assert.That(
            Problems(o => o.Transport = (EmailTransport)7),
            Is.EqualTo(new[] { "Email:Transport must be Pickup, Smtp or SendGrid." })
        );

    private List<string> Problems(Action<EmailOptions> change)
    {
        var options = new EmailOptions();
        change(options);
        return [.. new EmailOptionsValidator(environment).Validate(null, options).Failures ?? []];
    }
}
