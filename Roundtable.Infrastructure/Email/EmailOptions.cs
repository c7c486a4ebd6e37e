namespace Roundtable.Infrastructure.Email;

/// <summary>How mail is sent.</summary>
public sealed class EmailOptions
{
    public const string SectionName = "Email";

    /// <summary>The mail transport: <c>Pickup</c> (files in a folder), <c>Smtp</c> or <c>SendGrid</c>. Default: <c>Pickup</c>.</summary>
    public EmailTransport Transport { get; set; } = EmailTransport.Pickup;

    /// <summary>The sender, one mailbox with or without a display name. Default: <c>Roundtable &lt;no-reply@localhost&gt;</c>.</summary>
    public string From { get; set; } = "Roundtable <no-reply@localhost>";

    public MailTemplateOptions Templates { get; set; } = new();

    public PickupOptions Pickup { get; set; } = new();

    public SmtpOptions Smtp { get; set; } = new();

    public SendGridOptions SendGrid { get; set; } = new();
}

/// <summary>Custom mail templates.</summary>
public sealed class MailTemplateOptions
{
    /// <summary>
    /// The folder of templates that replace the embedded ones, read at startup. A relative path starts at the application's content root.
    /// Default: none.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>
    /// The language, among those in the folder, for recipients whose own is unknown or not available. Default: none, they get the
    /// templates without a language.
    /// </summary>
    public string? Locale { get; set; }
}

/// <summary>Settings of the transport <c>Pickup</c>.</summary>
public sealed class PickupOptions
{
    /// <summary>
    /// The folder that mails are written to, one file each; created if missing. A relative path starts at the application's content root.
    /// Default: <c>App_Data/mail</c>.
    /// </summary>
    public string Directory { get; set; } = "App_Data/mail";
}

/// <summary>Settings of the transport <c>Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>Host name or IP address of the mail server. No default; required when the transport is <c>Smtp</c>.</summary>
    public string? Host { get; set; }

    /// <summary>TCP port of the mail server, 1 to 65535. Default: 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>The user name to sign in with. No default: without one, mail is sent without signing in.</summary>
    public string? UserName { get; set; }

    /// <summary>The password for the user name. No default. A secret: set it through the environment.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// Whether the connection must be encrypted: by STARTTLS, or from the first byte on port 465. With <c>false</c> nothing is encrypted,
    /// which suits only a relay on the same machine. Default: <c>true</c>.
    /// </summary>
    public bool UseTls { get; set; } = true;
}

/// <summary>Settings of the transport <c>SendGrid</c> (Web API v3).</summary>
public sealed class SendGridOptions
{
    /// <summary>
    /// An API key with permission to send mail. No default; required when the transport is <c>SendGrid</c>. A secret: set it through the
    /// environment.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The base address of the API; <c>https://api.eu.sendgrid.com</c> keeps mail in the European Union. Default:
    /// <c>https://api.sendgrid.com</c>.
    /// </summary>
    public string BaseUrl { get; set; } = "https://api.sendgrid.com";
}
