using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MimeKit;

namespace Roundtable.Tests.Support;

/// <summary>Reads the mails that the application wrote to its folder.</summary>
public sealed class Mailbox(string folder)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    // Parsing a mail is the most expensive part of waiting for one; files are written whole and rarely again.
    private static readonly ConcurrentDictionary<(string File, DateTime Written), ReceivedMail> Read = new();

    public IReadOnlyList<ReceivedMail> All() =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. new DirectoryInfo(folder)
                    .GetFiles("*.eml")
                    .OrderBy(f => f.FullName, StringComparer.Ordinal)
                    .Select(f => Read.GetOrAdd((f.FullName, f.LastWriteTimeUtc), key => ReceivedMail.Read(key.File))),
            ];

    /// <param name="page">The dashboard page of the mail's link; null for any mail.</param>
    public IReadOnlyList<ReceivedMail> To(string address, string? page = null) =>
        [
            .. All()
                .Where(m =>
                    m.To.Equals(address, StringComparison.OrdinalIgnoreCase)
                    && (page is null || m.Text.Contains($"/{page}#token=", StringComparison.Ordinal))
                ),
        ];

    /// <summary>Waits until the address has received this many mails.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> WaitAsync(string address, int count = 1, string? page = null)
    {
        var deadline = DateTime.UtcNow + Timeout;
        while (true)
        {
            var mails = To(address, page);
            if (mails.Count >= count)
            {
                return mails;
            }

            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), $"{mails.Count} of {count} mails arrived");
            await Task.Delay(20);
        }
    }
}

/// <summary>A mail as its recipient sees it.</summary>
public sealed partial record ReceivedMail(string File, string To, string Subject, string Text, string Html, string Raw)
{
    /// <summary>The token of the link in the mail.</summary>
    public string Token =>
        Link().Match(Text) is { Success: true } m ? m.Groups["token"].Value : throw new InvalidOperationException($"No link in: {Text}");

    public static ReceivedMail Read(string file)
    {
        using var message = MimeMessage.Load(file);
        return new ReceivedMail(
            file,
            message.To.Mailboxes.Single().Address,
            message.Subject ?? "",
            message.TextBody ?? "",
            message.HtmlBody ?? "",
            System.IO.File.ReadAllText(file)
        );
    }

    [GeneratedRegex("#token=(?<token>[A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
