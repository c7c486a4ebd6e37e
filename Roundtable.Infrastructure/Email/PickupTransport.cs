using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MimeKit;
using Roundtable.Domain.Common;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>Writes each mail to <c>&lt;message id&gt;.eml</c>, whole or not at all; a repeated attempt overwrites.</summary>
public sealed class PickupTransport(IOptions<EmailOptions> options, IHostEnvironment environment, MailMessageFactory messages) : IMailTransport
{
    // Line feeds alone, so that what grep and its like take from a line has no carriage return at its end.
    private static readonly FormatOptions Format = Lines();

    private readonly string folder = PickupFolder.Resolve(environment, options.Value.Pickup);

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        // The id becomes a file name: nothing but an id may lead out of, or around in, the folder.
        if (!EntityId.IsValid(mail.Id))
        {
            throw new MailTransportException("The mail's id is not one.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            await WriteAsync(mail, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailTransportException(ErrorText.Clean($"The file could not be written: {e.Message}"));
        }
    }

    public Task<string> ProbeAsync(CancellationToken ct) => PickupFolder.Probe(folder) is { } problem
        ? throw new MailTransportException($"The folder of Email:Pickup:Directory cannot be written to: {ErrorText.Clean(problem)}")
        : Task.FromResult($"Mail is written to {folder} and goes nowhere from there.");

    private async Task WriteAsync(OutgoingMail mail, CancellationToken ct)
    {
        // In the same folder, because only within a file system a rename is atomic; a name of its own for each attempt, because
        // two instances may share the folder.
        var draft = Path.Combine(folder, $".{mail.Id}.{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await messages.Create(mail, readable: true).WriteToAsync(Format, file, ct);
                await file.FlushAsync(ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, Path.Combine(folder, $"{mail.Id}.eml"), overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static FormatOptions Lines()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Unix;
        return format;
    }
}
