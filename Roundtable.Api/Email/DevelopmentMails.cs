using Microsoft.Extensions.Options;
using MimeKit;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Api.Email;

/// <summary>
/// Serves the mails of the <c>Pickup</c> transport to the dashboard, for trying out the application. Only in Development, because
/// the mails contain sign-in links.
/// </summary>
internal static class DevelopmentMails
{
    private const int Newest = 50;

    public static bool AreShown(IHostEnvironment environment, EmailOptions email) =>
        environment.IsDevelopment() && email.Transport == EmailTransport.Pickup;

    public static void MapDevelopmentMails(this WebApplication app)
    {
        var email = app.Services.GetRequiredService<IOptions<EmailOptions>>().Value;
        if (!AreShown(app.Environment, email))
        {
            return;
        }

        var folder = Path.GetFullPath(email.Pickup.Directory, app.Environment.ContentRootPath);
        app.MapGet("/api/v1/dev/mails", async (CancellationToken ct) => Results.Json(new { items = await ReadAsync(folder, ct) }))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static async Task<List<DevelopmentMail>> ReadAsync(string folder, CancellationToken ct)
    {
        var mails = new List<DevelopmentMail>();
        if (Directory.Exists(folder))
        {
            // The names are ids, which sort by time.
            foreach (var file in Directory.GetFiles(folder, "*.eml").OrderDescending(StringComparer.Ordinal).Take(Newest))
            {
                using var message = await MimeMessage.LoadAsync(file, ct);
                mails.Add(
                    new DevelopmentMail(
                        Path.GetFileNameWithoutExtension(file),
                        message.To.ToString(),
                        message.Subject ?? "",
                        message.Date.UtcDateTime,
                        message.TextBody ?? ""
                    )
                );
            }
        }

        return mails;
    }

    private sealed record DevelopmentMail(string Id, string To, string Subject, DateTime SentAt, string Text);
}
