using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MimeKit;
using Roundtable.Domain.Common;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Email;

/// <summary>Writes each mail to <c>&lt;message id&gt;.eml</c>, atomically; a repeated attempt overwrites it.</summary>
public sealed class PickupTransport(IOptions<EmailOptions> options, IHostEnvironment environment, MailMessageFactory messages)
    : IMailTransport
{
    // Line feeds only, so that lines extracted by grep and similar tools have no trailing carriage return.
    private static readonly FormatOptions Format = Lines();

    /// <summary>A disk handles many concurrent writes.</summary>
    public int MaxConcurrency => 32;

    private readonly string folder = PickupFolder.Resolve(environment, options.Value.Pickup);

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        // The id becomes a file name: only a valid id is accepted, so that no path leads elsewhere.
        if (!EntityId.IsValid(mail.Id))
        {
            throw new MailTransportException(DeliveryErrorCode.NotWritten, "The mail has an invalid id.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            await WriteAsync(mail, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailTransportException(DeliveryErrorCode.NotWritten, ErrorText.Clean($"The file could not be written: {e.Message}"));
        }
    }

    public Task<string> ProbeAsync(CancellationToken ct) =>
        PickupFolder.Probe(folder) is { } problem
            ? throw new MailTransportException(
                DeliveryErrorCode.NotWritten,
                $"The folder of Email:Pickup:Directory cannot be written to: {ErrorText.Clean(problem)}"
            )
            : Task.FromResult($"Mail is written to {folder} and goes nowhere from there.");

    private async Task WriteAsync(OutgoingMail mail, CancellationToken ct)
    {
        var content = new MemoryStream();
        await messages.Create(mail, readable: true).WriteToAsync(Format, content, ct);

        // On its own thread: a disk that hangs must delay neither the other mails nor the attempt's timeout.
        await Task.Run(() => Write(mail.Id, content.GetBuffer().AsSpan(0, (int)content.Length)), ct);
    }

    private void Write(string id, ReadOnlySpan<byte> content)
    {
        // In the same folder, because a rename is atomic only within a file system; a unique name for each attempt, because two instances
        // may share the folder.
        var draft = Path.Combine(folder, $".{id}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = File.OpenHandle(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(draft, Path.Combine(folder, $"{id}.eml"), overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static FormatOptions Lines()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Unix;
        return format;
    }
}
