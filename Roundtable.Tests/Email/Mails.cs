using Microsoft.Extensions.Options;
using Roundtable.Domain.Common;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Tests.Email;

/// <summary>Sample mails and settings.</summary>
internal static class Mails
{
    public const string Link = "https://app.example.com/magic-link#token=mE0-_aZ9mE0-_aZ9mE0-_aZ9mE0-_aZ9mE0-_aZ9mE0";

    public static OutgoingMail Outgoing(string to = "ada@example.com", string? text = null) =>
        new(
            EntityId.New(DateTime.UtcNow),
            to,
            "Your sign-in link for Roundtable",
            $"<p><a href=\"{Link}\">Sign in</a></p>\n",
            text ?? $"Sign in:\n\n{Link}\n"
        );

    /// <summary>Uses only the embedded templates.</summary>
    public static MailRenderer Renderer() => new(MailTemplateFolder.None);

    public static IOptions<EmailOptions> Options(Action<EmailOptions>? change = null)
    {
        var options = new EmailOptions { From = "Roundtable <no-reply@example.org>" };
        change?.Invoke(options);
        return Microsoft.Extensions.Options.Options.Create(options);
    }

    /// <summary>Waits for a condition that other threads fulfil.</summary>
    public static async Task Eventually(Func<bool> condition, string what)
    {
        var deadline = Environment.TickCount64 + 20_000;
        while (!condition())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(deadline), $"Waited too long for: {what}");
            await Task.Delay(5);
        }
    }
}
