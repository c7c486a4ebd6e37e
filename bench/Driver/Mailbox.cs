using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Roundtable.Bench.Driver;

/// <summary>Reads and deletes the mails that a server writes to a folder.</summary>
internal sealed partial class Mailbox : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> awaited = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource stop = new();
    private readonly Task reading;

    public Mailbox(string folder)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>Returns the secret of the next link mailed to an address. Call before the mail can arrive.</summary>
    public Task<string> NextTokenAsync(string address)
    {
        var token = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited[address] = token;
        return token.Task.WaitAsync(Patience);
    }

    public void Dispose()
    {
        stop.Cancel();
        reading.GetAwaiter().GetResult();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var mail in Directory.EnumerateFiles(folder, "*.eml"))
            {
                Deliver(Text(await File.ReadAllTextAsync(mail)));
                File.Delete(mail);
            }

            await Task.Delay(LookEvery);
        }
    }

    private void Deliver(string mail)
    {
        var token = Token().Match(mail);
        if (token.Success && awaited.TryRemove(To().Match(mail).Groups[1].Value, out var waiting))
        {
            waiting.SetResult(token.Groups[1].Value);
        }
    }

    // Decodes enough of quoted-printable for a link; in a mail that is not so encoded, a secret may begin with "=3D".
    private static string Text(string mail) =>
        mail.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase)
            ? mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)
            : mail;

    [GeneratedRegex(@"^To:[^\r\n]*?([^\s<>]+@[^\s<>]+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex To();

    [GeneratedRegex("#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
