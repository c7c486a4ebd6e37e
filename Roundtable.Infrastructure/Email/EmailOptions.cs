namespace Roundtable.Infrastructure.Email;

/// <summary>How mail leaves.</summary>
public sealed class EmailOptions
{
    public const string SectionName = "Email";

    /// <summary>What carries the mail: <c>Pickup</c> (files in a folder), <c>Smtp</c> or <c>SendGrid</c>. Default: <c>Pickup</c>.</summary>
    public EmailTransport Transport { get; set; } = EmailTransport.Pickup;

    /// <summary>The sender, as one mailbox with or without a name. Default: <c>Roundtable &lt;no-reply@localhost&gt;</c>.</summary>
    public string From { get; set; } = "Roundtable <no-reply@localhost>";

    public MailTemplateOptions Templates { get; set; } = new();

    public PickupOptions Pickup { get; set; } = new();

    public SmtpOptions Smtp { get; set; } = new();

    public SendGridOptions SendGrid { get; set; } = new();
}

/// <summary>The installation's own words.</summary>
public sealed class MailTemplateOptions
{
    /// <summary>
    /// The folder of templates that take the place of the embedded ones, read when the program starts. A relative path starts at the
    /// application's content root. Default: none.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>
    /// The language, of those in the folder, for people whose own is not known or not there. Default: none, they get the templates without
    /// a language.
    /// </summary>
    public string? Locale { get; set; }
}

/// <summary>Settings of the transport <c>Pickup</c>.</summary>
public sealed class PickupOptions
{
    /// <summary>
    /// The folder that mails are written to, one file each; made when missing. A relative path starts at the application's
    /// content root. Default: <c>App_Data/mail</c>.
    /// </summary>
    public string Directory { get; set; } = "App_Data/mail";
}

/// <summary>Settings of the transport <c>Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>Name or address of the mail server. No default; required when the transport is <c>Smtp</c>.</summary>
    public string? Host { get; set; }

    /// <summary>TCP port of the mail server, 1 to 65535. Default: 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whom to sign in as. No default: without one, mail is handed over without signing in.</summary>
    public string? UserName { get; set; }

    /// <summary>The password that belongs to the user name. No default. A secret: set it through the environment.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// Whether the connection must be encrypted: by STARTTLS, or from the first byte on port 465. With <c>false</c> nothing is
    /// encrypted, which suits a relay on the same machine only. Default: <c>true</c>.
    /// </summary>
    public bool UseTls { get; set; } = true;
}

/// <summary>Settings of the transport <c>SendGrid</c> (Web API v3).</summary>
public sealed class SendGridOptions
{
    /// <summary>
    /// An API key that may send mail. No default; required when the transport is <c>SendGrid</c>. A secret: set it through the
    /// environment.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Where the API is; <c>https://api.eu.sendgrid.com</c> keeps mail in the European Union. Default:
    /// <c>https://api.sendgrid.com</c>.
    /// </summary>
    public string BaseUrl { get; set; } = "https://api.sendgrid.com";
}
