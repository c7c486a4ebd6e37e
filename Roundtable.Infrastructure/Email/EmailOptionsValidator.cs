using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Roundtable.Infrastructure.Email;

/// <summary>Reports all problems at once, one line each; says what is wrong with a value and never shows a secret.</summary>
public sealed class EmailOptionsValidator(IHostEnvironment environment) : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var problems = From(options)
            .Concat(Templates(options.Templates))
            .Concat(
                options.Transport switch
                {
                    EmailTransport.Pickup => Pickup(options.Pickup),
                    EmailTransport.Smtp => Smtp(options.Smtp),
                    EmailTransport.SendGrid => SendGrid(options.SendGrid),
                    _ => ["Email:Transport must be Pickup, Smtp or SendGrid."],
                }
            )
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> From(EmailOptions options)
    {
        // MimeKit also parses an address without a domain, which no server would accept.
        if (
            options.From is null
            || options.From.Any(char.IsControl)
            || !MailboxAddress.TryParse(options.From, out var mailbox)
            || string.IsNullOrEmpty(mailbox.Domain)
        )
        {
            yield return "Email:From must be one mailbox, such as \"Roundtable <no-reply@example.com>\".";
        }
    }

    private IEnumerable<string> Templates(MailTemplateOptions options)
    {
        const string key = "Email:Templates:Directory";
        var folder = MailTemplateFolder.Read(environment, options);
        foreach (var (file, problem) in folder.Problems)
        {
            yield return $"{key}{(file.Length == 0 ? "" : $"/{file}")} {problem}.";
        }

        if (
            !string.IsNullOrEmpty(options.Locale)
            && !folder.Files.Any(f => f.Locale.Equals(options.Locale, StringComparison.OrdinalIgnoreCase))
        )
        {
            yield return $"Email:Templates:Locale must be a language that a template in {key} is for.";
        }
    }

    private IEnumerable<string> Pickup(PickupOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            yield return "Email:Pickup:Directory is required when Email:Transport is Pickup.";
        }
        else if (PickupFolder.Probe(PickupFolder.Resolve(environment, options)) is { } problem)
        {
            yield return $"Email:Pickup:Directory is a folder that cannot be written to: {problem}";
        }
    }

    private static IEnumerable<string> Smtp(SmtpOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Host))
        {
            yield return "Email:Smtp:Host is required when Email:Transport is Smtp.";
        }

        if (options.Port is < 1 or > 65535)
        {
            yield return "Email:Smtp:Port must be between 1 and 65535.";
        }

        if (!string.IsNullOrEmpty(options.UserName) && string.IsNullOrEmpty(options.Password))
        {
            yield return "Email:Smtp:Password is required when Email:Smtp:UserName is set.";
        }
    }

    private static IEnumerable<string> SendGrid(SendGridOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
        {
            yield return "Email:SendGrid:ApiKey is required when Email:Transport is SendGrid.";
        }
        else if (options.ApiKey.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' '))
        {
            yield return "Email:SendGrid:ApiKey contains invalid characters.";
        }

        if (
            !Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        )
        {
            yield return "Email:SendGrid:BaseUrl must be an absolute http(s) address.";
        }
    }
}
